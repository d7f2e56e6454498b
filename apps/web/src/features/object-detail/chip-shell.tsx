import { PreviewCard } from '@base-ui/react/preview-card';
import { useMemo } from 'react';
import { floating } from '../../ui/floating.ts';
import { ObjectContextMenu } from '../object-actions/object-menu.tsx';
import type { ChipShellProps } from '../objects/chip-shell.ts';
import { ObjectCard } from './object-card.tsx';

/** Milliseconds that the pointer rests on a chip before its card comes. */
const restTime = 400;

/** Around a chip: a card where the pointer rests, and what can be done on a right click. */
export function ChipShell({ object, state, stateText, children }: ChipShellProps) {
  const targets = useMemo(() => [{ object, ...(state === undefined ? {} : { state }) }], [object, state]);
  return (
    <ObjectContextMenu targets={targets}>
      <span className="inline-flex min-w-0 max-w-full align-bottom">
        <PreviewCard.Root>
          <PreviewCard.Trigger delay={restTime} render={children} />
          <PreviewCard.Portal>
            <PreviewCard.Positioner align="start" sideOffset={6} className="z-50">
              <PreviewCard.Popup className={`${floating.popup} w-72 p-3`}>
                <ObjectCard object={object} state={state} stateText={stateText} />
              </PreviewCard.Popup>
            </PreviewCard.Positioner>
          </PreviewCard.Portal>
        </PreviewCard.Root>
      </span>
    </ObjectContextMenu>
  );
}

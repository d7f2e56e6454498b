import { Popover } from '@base-ui/react/popover';
import type { Column } from '@quarterdeck/contract';
import { CircleHelp } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';

/** What can be written into the filter, and which columns there are. */
export function FilterHelp({ columns }: { columns: readonly Column[] }) {
  const messages = useMessages().resources.filterHelp;
  return (
    <Popover.Root>
      <Popover.Trigger className={buttonStyles.icon} aria-label={messages.label} title={messages.label}>
        <CircleHelp />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="z-50">
          <Popover.Popup className={`${floating.popup} max-h-[76vh] w-[26rem] max-w-[94vw] overflow-y-auto p-4`} aria-label={messages.label}>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
              {messages.grammar.map(([form, meaning]) => (
                <div key={form} className="contents">
                  <dt className="whitespace-nowrap font-mono text-code">{form}</dt>
                  <dd className="text-soft">{meaning}</dd>
                </div>
              ))}
            </dl>
            <p className="mt-3 text-soft text-xs">
              {messages.columns} <span className="font-mono">{columns.map(({ id }) => id).join(', ')}</span>
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

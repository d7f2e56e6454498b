import { Menu } from '@base-ui/react/menu';
import { type ComponentProps, Fragment, type RefObject, useMemo } from 'react';
import { isMac } from '../../commands/command-center.tsx';
import { printKeys } from '../../commands/match-keys.ts';
import { useMessages } from '../../messages/language.ts';
import { floating } from '../../ui/floating.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import type { ActionTarget, ObjectAction } from './object-action.ts';
import { useObjectActions } from './use-object-actions.tsx';

const groups: readonly ObjectAction['group'][] = ['look', 'use', 'change', 'remove'];

interface ObjectMenuPopupProps {
  anchor: ComponentProps<typeof Menu.Positioner>['anchor'];
  opener: RefObject<HTMLElement | null>;
  targets: readonly ActionTarget[];
  onClose(): void;
}

/** What can be done with the objects, in groups; whatever opened it gets the focus back. */
export default function ObjectMenuPopup({ anchor, opener, targets, onClose }: ObjectMenuPopupProps) {
  return (
    <Menu.Root
      open
      onOpenChange={(_open, { event }) => {
        // A press on the button itself is the button's: it closes what it opened.
        if (opener !== anchor || !(event.target instanceof Node && opener.current?.contains(event.target) === true)) onClose();
      }}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align="start" sideOffset={4} className="z-50">
          <Menu.Popup className={floating.menu} finalFocus={opener}>
            <ObjectMenuItems targets={targets} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function ObjectMenuItems({ targets }: { targets: readonly ActionTarget[] }) {
  const actions = useObjectActions();
  const offered = useMemo(() => actions.of(targets), [actions, targets]);
  const shown = groups.map((group) => offered.filter((action) => action.group === group)).filter((members) => members.length > 0);
  return shown.map((members, index) => (
    <Fragment key={members[0]?.group}>
      {index > 0 && <Menu.Separator className="my-1 h-px bg-line" />}
      {members.map((action) => (
        <ObjectMenuItem key={action.id} action={action} targets={targets} onRun={() => actions.run(action, targets)} />
      ))}
    </Fragment>
  ));
}

function ObjectMenuItem({ action, targets, onRun }: { action: ObjectAction; targets: readonly ActionTarget[]; onRun(): void }) {
  const messages = useMessages();
  const [key] = action.shortcuts;
  return (
    <Menu.Item onClick={onRun} className={`${floating.item} [&_svg]:size-3.5 [&_svg]:text-soft`}>
      <action.icon aria-hidden="true" />
      <span className="grow pr-6">{action.label(messages, targets.length)}</span>
      {key !== undefined && <KeyHint keys={printKeys(key, isMac)} />}
    </Menu.Item>
  );
}

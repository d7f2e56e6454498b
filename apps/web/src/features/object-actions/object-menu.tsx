import { ContextMenu } from '@base-ui/react/context-menu';
import { Menu } from '@base-ui/react/menu';
import { EllipsisVertical } from 'lucide-react';
import { Fragment, type ReactElement, useMemo } from 'react';
import { isMac } from '../../commands/command-center.tsx';
import { printKeys } from '../../commands/match-keys.ts';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import type { ActionTarget, ObjectAction } from './object-action.ts';
import { useObjectActions } from './use-object-actions.tsx';

const groups: readonly ObjectAction['group'][] = ['look', 'use', 'change', 'remove'];

/** The button that lists what can be done with one object or several. */
export function ObjectMenuButton({ targets }: { targets: readonly ActionTarget[] }) {
  const messages = useMessages().objectActions;
  const label = targets.length === 1 ? messages.menu(targets[0]?.object.name ?? '') : messages.menuOfMany(targets.length);
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={label} title={label} className={buttonStyles.icon}>
        <EllipsisVertical />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-50">
          <Menu.Popup className={floating.menu}>
            <ObjectMenuItems targets={targets} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** The same list on a right click on whatever shows the objects. `children` is the one element that takes the click. */
export function ObjectContextMenu({ targets, children }: { targets: readonly ActionTarget[]; children: ReactElement }) {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={children} />
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="z-50">
          <ContextMenu.Popup className={floating.menu}>
            <ObjectMenuItems targets={targets} />
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
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

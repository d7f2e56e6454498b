import { Menu } from '@base-ui/react/menu';
import { terminalRoutes, toAppError } from '@quarterdeck/contract';
import { EllipsisVertical } from 'lucide-react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { buttonStyles } from '../../../ui/button.tsx';
import { floating } from '../../../ui/floating.ts';
import { MenuEntry, MenuTick } from '../../../ui/menu-entries.tsx';
import { notify } from '../../../ui/notify.ts';
import type { AttachedSession } from '../session/use-attached-session.ts';
import { useEndTerminal } from '../session/use-terminals.ts';
import type { PaneStart, Split } from './pane-layout.ts';
import { type SideName, sideNames } from './side-names.ts';

/** Besides the person's own; one that is not there says so. */
const shells = ['bash', 'zsh', 'fish', 'pwsh'] as const;

interface PaneMenuProps {
  attached: AttachedSession;
  onSplit(direction: Split['direction']): () => void;
  onFind(): void;
  onSide(name: SideName): void;
  onNew(start: PaneStart): void;
  onDetach(): void;
}

/** What is done with a shell now and then. */
export function PaneMenu({ attached, onSplit, onFind, onSide, onNew, onDetach }: PaneMenuProps) {
  const { api } = useServices();
  const messages = useMessages().terminal;
  const end = useEndTerminal();
  const session = attached.state?.session ?? null;
  const fail = (thrown: unknown) => notify({ text: messages.notChanged, detail: toAppError(thrown).message, state: 'high' });
  const endNow = () => {
    if (session === null) return;
    onDetach();
    end.mutate(session.id, { onError: fail });
  };
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={messages.more} title={messages.more} className={buttonStyles.icon}>
        <EllipsisVertical />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-50">
          <Menu.Popup className={floating.menu}>
            <MenuEntry label={messages.find} onClick={onFind} />
            <MenuEntry label={messages.splitRight} onClick={onSplit('row')} />
            <MenuEntry label={messages.splitDown} onClick={onSplit('column')} />
            {session !== null && (
              <>
                {sideNames.map((name) => (
                  <MenuEntry key={name} label={messages.sides[name]} onClick={() => onSide(name)} />
                ))}
                {attached.hasMore && <MenuEntry label={messages.showAll} onClick={attached.showAll} />}
                <MenuTick
                  label={messages.observe}
                  checked={session.observed}
                  onChange={(observed) => void api.call(terminalRoutes.changeTerminal, { id: session.id, observed }).catch(fail)}
                />
                <MenuEntry label={messages.detach} onClick={onDetach} />
                <MenuEntry label={messages.endShell} onClick={endNow} />
              </>
            )}
            <Menu.Group>
              <Menu.GroupLabel className={floating.label}>{messages.newWith}</Menu.GroupLabel>
              {shells.map((shell) => (
                <MenuEntry key={shell} label={shell} onClick={() => onNew({ shell })} />
              ))}
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

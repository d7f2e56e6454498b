import { Menu } from '@base-ui/react/menu';
import { terminalRoutes, toAppError } from '@quarterdeck/contract';
import { Check, EllipsisVertical } from 'lucide-react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { buttonStyles } from '../../../ui/button.tsx';
import { floating } from '../../../ui/floating.ts';
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
            <Item label={messages.find} onClick={onFind} />
            <Item label={messages.splitRight} onClick={onSplit('row')} />
            <Item label={messages.splitDown} onClick={onSplit('column')} />
            {session !== null && (
              <>
                {sideNames.map((name) => (
                  <Item key={name} label={messages.sides[name]} onClick={() => onSide(name)} />
                ))}
                {attached.hasMore && <Item label={messages.showAll} onClick={attached.showAll} />}
                <Menu.CheckboxItem
                  checked={session.observed}
                  onCheckedChange={(observed) => void api.call(terminalRoutes.changeTerminal, { id: session.id, observed }).catch(fail)}
                  className={floating.item}
                >
                  <span className="grow pr-6">{messages.observe}</span>
                  <Menu.CheckboxItemIndicator>
                    <Check className="size-3.5" />
                  </Menu.CheckboxItemIndicator>
                </Menu.CheckboxItem>
                <Item label={messages.detach} onClick={onDetach} />
                <Item label={messages.endShell} onClick={endNow} />
              </>
            )}
            <Menu.Group>
              <Menu.GroupLabel className={floating.label}>{messages.newWith}</Menu.GroupLabel>
              {shells.map((shell) => (
                <Item key={shell} label={shell} onClick={() => onNew({ shell })} />
              ))}
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Item({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <Menu.Item className={floating.item} onClick={onClick}>
      {label}
    </Menu.Item>
  );
}

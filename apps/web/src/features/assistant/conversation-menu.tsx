import { Menu } from '@base-ui/react/menu';
import { useChat } from '@quarterdeck/chat';
import { assistantRoutes, type Conversation } from '@quarterdeck/contract';
import { EllipsisVertical } from 'lucide-react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';
import { notify } from '../../ui/notify.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useSession } from '../session/session.tsx';

interface ConversationMenuProps {
  conversation: Conversation;
  onRename(): void;
  /** It is about to be deleted, or it was taken back. */
  onLeaving(leaving: boolean): void;
}

/** So long a deleted conversation can be had back. Milliseconds. */
const undoTime = 6_000;

export function ConversationMenu({ conversation, onRename, onLeaving }: ConversationMenuProps) {
  const messages = useMessages().assistant;
  const { mode } = useSession();
  const { share, save, remove } = useConversationActions(conversation, onLeaving);
  const label = messages.menuOf(conversation.title);
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={label} title={label} className={`${buttonStyles.icon} mt-1`}>
        <EllipsisVertical />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className={floating.menu}>
            <Menu.Item className={floating.item} onClick={onRename}>
              {messages.rename}
            </Menu.Item>
            {mode === 'team' && (
              <Menu.Item className={floating.item} onClick={share}>
                {conversation.shared ? messages.unshare : messages.share}
              </Menu.Item>
            )}
            <Menu.Item className={floating.item} onClick={() => save('markdown')}>
              {messages.exportMarkdown}
            </Menu.Item>
            <Menu.Item className={floating.item} onClick={() => save('json')}>
              {messages.exportJson}
            </Menu.Item>
            <Menu.Item className={`${floating.item} text-critical`} onClick={remove}>
              {messages.remove}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function useConversationActions({ id, title, shared }: Conversation, onLeaving: (leaving: boolean) => void) {
  const messages = useMessages().assistant;
  const { store } = useChat();
  const { api } = useServices();
  const failed = (thrown: Error) => notify({ text: messages.failed, detail: thrown.message, state: 'high' });
  const save = (format: 'markdown' | 'json') => {
    const name = `${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}.${format === 'json' ? 'json' : 'md'}`;
    api.download(assistantRoutes.exportConversation, { id, format }, new AbortController().signal).then(({ body }) => saveFile(body, name), failed);
  };
  /** It is gone from the list at once, and from the storage when nobody wants it back. */
  const remove = () => {
    onLeaving(true);
    const timer = setTimeout(() => {
      store.remove(id).catch((thrown: Error) => {
        onLeaving(false);
        failed(thrown);
      });
    }, undoTime);
    const undo = () => {
      clearTimeout(timer);
      onLeaving(false);
    };
    notify({ id: `deleted ${id}`, text: messages.removed(title), action: { label: messages.undo, run: undo } });
  };
  return { save, remove, share: () => void store.change(id, { shared: !shared }).catch(failed) };
}

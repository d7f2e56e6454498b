import { useConversations } from '@quarterdeck/chat';
import type { ConversationPage } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { Plus, Users } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Age } from '../../ui/time.tsx';
import { useSession } from '../session/session.tsx';
import { ConversationMenu } from './conversation-menu.tsx';
import { RenameForm } from './rename-form.tsx';

interface ConversationListProps {
  /** The one that is open. */
  conversation: string | null;
  onDeleted(id: string): void;
}

/** One's conversations, or those that others share: searched, and each with what can be done with it. */
export function ConversationList({ conversation, onDeleted }: ConversationListProps) {
  const messages = useMessages().assistant;
  const { mode } = useSession();
  const [search, setSearch] = useState('');
  const [shared, setShared] = useState(false);
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set());
  const { items, error, hasMore, more, reload } = useConversations({ search, shared });
  const shown = items?.filter(({ id }) => !leaving.has(id)) ?? null;
  const nothing = search !== '' ? messages.noMatch : shared ? messages.noShared : messages.noConversations;
  const onLeaving = (id: string, isLeaving: boolean) => {
    setLeaving((before) => new Set(isLeaving ? [...before, id] : [...before].filter((other) => other !== id)));
    if (isLeaving) onDeleted(id);
  };
  return (
    <nav aria-label={messages.conversations} className="flex min-h-0 min-w-0 grow flex-col">
      <div className="flex flex-col gap-2 p-2">
        <Link to="/ai" search={{}} className={`${buttonStyles.plain} w-full`}>
          <Plus />
          {messages.newConversation}
        </Link>
        <div className="flex">
          <SearchBox value={search} onChange={setSearch} label={messages.search} />
        </div>
        {mode === 'team' && <Whose shared={shared} onShared={setShared} />}
      </div>
      <ul className="min-h-0 grow overflow-y-auto px-2 pb-2">
        {shown?.map((item) => (
          <ConversationItem key={item.id} item={item} open={item.id === conversation} onLeaving={onLeaving} />
        ))}
        {shown?.length === 0 && <li className="px-2 py-3 text-soft">{nothing}</li>}
        {hasMore && (
          <li>
            <Button look="quiet" className="w-full" onClick={more}>
              {messages.more}
            </Button>
          </li>
        )}
      </ul>
      {error !== null && (
        <div className="p-2">
          <ErrorNotice what={messages.notListed} error={error} onRetry={reload} />
        </div>
      )}
    </nav>
  );
}

function Whose({ shared, onShared }: { shared: boolean; onShared(shared: boolean): void }) {
  const messages = useMessages().assistant;
  return (
    <fieldset aria-label={messages.which} className="flex gap-1">
      {[false, true].map((value) => (
        <Button key={String(value)} look="quiet" aria-pressed={shared === value} className="grow aria-pressed:bg-selected" onClick={() => onShared(value)}>
          {value ? messages.sharedByOthers : messages.own}
        </Button>
      ))}
    </fieldset>
  );
}

type Item = ConversationPage['conversations'][number];

function ConversationItem({ item, open, onLeaving }: { item: Item; open: boolean; onLeaving(id: string, leaving: boolean): void }) {
  const [renaming, setRenaming] = useState(false);
  if (renaming) {
    return (
      <li>
        <RenameForm conversation={item} onDone={() => setRenaming(false)} />
      </li>
    );
  }
  return (
    <li className={`group flex items-start rounded ${open ? 'bg-selected' : 'hover:bg-hover'}`}>
      <Link to="/ai" search={{ conversation: item.id }} aria-current={open ? 'page' : undefined} className="min-w-0 grow px-2 py-1.5" title={item.title}>
        <span className="block truncate">{item.title}</span>
        <Below item={item} />
      </Link>
      {item.own && <ConversationMenu conversation={item} onRename={() => setRenaming(true)} onLeaving={(leaving) => onLeaving(item.id, leaving)} />}
    </li>
  );
}

function Below({ item: { excerpt, updatedAt, cluster, shared, own } }: { item: Item }) {
  const messages = useMessages().assistant;
  if (excerpt !== null) return <span className="line-clamp-2 break-words text-soft text-xs">{excerpt}</span>;
  return (
    <span className="flex items-center gap-1 text-soft text-xs">
      <Age at={updatedAt} />
      {cluster !== null && <span className="truncate"> · {cluster}</span>}
      {shared && own && <Users className="size-3 shrink-0" role="img" aria-label={messages.sharedNote} />}
    </span>
  );
}

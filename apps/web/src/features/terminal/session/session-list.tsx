import { type TerminalSession, toAppError } from '@quarterdeck/contract';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import { titleOf } from './session-state.ts';
import { useEndTerminal, useRenameTerminal, useTerminals } from './use-terminals.ts';

interface SessionListProps {
  /** Ids of those that are looked at on this page. */
  shown: readonly string[];
  onShow(session: TerminalSession): void;
}

/** All shells of the person, also those at which nobody looks: to go on with, to name and to end. */
export function SessionList({ shown, onShow }: SessionListProps) {
  const messages = useMessages().terminal;
  const { data, error, isPending, refetch } = useTerminals();
  return (
    <>
      {error !== null && (
        <div className="p-2">
          <ErrorNotice what={messages.notListed} error={error} onRetry={() => refetch()} />
        </div>
      )}
      {isPending && (
        <div className="p-3">
          <SkeletonLines widths={['60%', '50%', '70%']} />
        </div>
      )}
      {data?.length === 0 && <p className="px-3 py-2 text-soft">{messages.noSessions}</p>}
      <ul aria-label={messages.sessions} className="min-h-0 grow overflow-y-auto">
        {data?.map((session) => (
          <SessionItem key={session.id} session={session} shown={shown.includes(session.id)} onShow={() => onShow(session)} />
        ))}
      </ul>
    </>
  );
}

function SessionItem({ session, shown, onShow }: { session: TerminalSession; shown: boolean; onShow(): void }) {
  const messages = useMessages().terminal;
  const end = useEndTerminal();
  const rename = useRenameTerminal();
  const [naming, setNaming] = useState(false);
  const [sure, setSure] = useState(false);
  const fail = (thrown: unknown) => notify({ text: messages.notChanged, detail: toAppError(thrown).message, state: 'high' });
  const title = titleOf(session);
  const busy = session.state === 'running' && session.running !== null;
  if (naming) {
    return (
      <li className="border-line/60 border-b p-1">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get('name')).trim();
            if (name !== '') rename.mutate({ id: session.id, name }, { onError: fail });
            setNaming(false);
          }}
        >
          <input
            // biome-ignore lint/a11y/noAutofocus: it stands there because somebody wants to type.
            autoFocus
            name="name"
            aria-label={messages.rename}
            defaultValue={session.name}
            maxLength={100}
            onBlur={() => setNaming(false)}
            onKeyDown={(event) => event.key === 'Escape' && setNaming(false)}
            className="h-8 w-full rounded border border-line bg-surface px-2"
          />
        </form>
      </li>
    );
  }
  return (
    <li className={`group border-line/60 border-b ${shown ? 'bg-selected' : ''}`}>
      <div className="flex min-h-11 items-center gap-1 pr-1 pl-3">
        <button type="button" aria-current={shown} className="min-w-0 grow rounded-sm py-1 text-left" onClick={onShow}>
          <span className="flex items-center gap-1.5">
            <StatusMark state={busy ? 'pending' : stateOf(session)} text={messages.sessionStates[session.state]} compact />
            <span className="truncate">{title}</span>
          </span>
          <span className="block truncate text-soft text-xs">
            {session.viewers === 0 && session.state === 'running' ? `${messages.detached} · ` : ''}
            {session.kube === null ? '' : `${session.kube.context} · `}
            <Age at={session.createdAt} />
          </span>
        </button>
        <Button look="icon" aria-label={messages.renameOf(title)} title={messages.renameOf(title)} onClick={() => setNaming(true)}>
          <Pencil />
        </Button>
        <Button
          look="icon"
          aria-label={messages.endOf(title)}
          title={messages.endOf(title)}
          onClick={() => (busy ? setSure(true) : end.mutate(session.id, { onError: fail }))}
        >
          <Trash2 />
        </Button>
      </div>
      {sure && (
        <div className="flex flex-wrap items-center gap-2 px-3 pb-2">
          <p className="basis-full break-words text-xs">{messages.stillRuns(session.running ?? '')}</p>
          <Button onClick={() => setSure(false)}>{messages.keepOpen}</Button>
          <Button look="danger" onClick={() => end.mutate(session.id, { onError: fail })}>
            {messages.endShell}
          </Button>
        </div>
      )}
    </li>
  );
}

function stateOf({ state, exit }: TerminalSession) {
  if (state === 'running') return 'healthy';
  return state === 'exited' && exit?.code === 0 ? 'scaledToZero' : 'missing';
}

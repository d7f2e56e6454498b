import { type TerminalHistoryEntry, type TerminalSession, terminalShellRoutes, toAppError } from '@quarterdeck/contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Tick } from '../../../ui/field.tsx';
import { notify } from '../../../ui/notify.ts';
import { SearchBox } from '../../../ui/search-box.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';

interface HistoryListProps {
  session: TerminalSession;
  insert(text: string): void;
}

interface Narrowed {
  text: string;
  failed: boolean;
  cluster: boolean;
  folder: boolean;
}

/** What was run in all shells of the person: found by words, by the cluster, by the folder and by how it ended. */
export function HistoryList({ session, insert }: HistoryListProps) {
  const { api } = useServices();
  const messages = useMessages().terminal;
  const [narrowed, setNarrowed] = useState<Narrowed>({ text: '', failed: false, cluster: false, folder: false });
  const narrow = (change: Partial<Narrowed>) => setNarrowed((before) => ({ ...before, ...change }));
  const query = queryOf(narrowed, session);
  const found = useQuery({
    queryKey: ['terminal history', query],
    queryFn: ({ signal }) => api.call(terminalShellRoutes.findTerminalHistory, query, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  return (
    <>
      <div className="flex flex-col gap-1.5 border-b px-3 py-2">
        <div className="flex">
          <SearchBox label={messages.findHistory} value={narrowed.text} onChange={(text) => narrow({ text })} />
        </div>
        <div className="flex flex-wrap gap-x-4 text-xs">
          <Tick label={messages.onlyFailed} checked={narrowed.failed} onChange={(event) => narrow({ failed: event.target.checked })} />
          {session.kube !== null && (
            <Tick
              label={messages.onlyCluster(session.kube.context)}
              checked={narrowed.cluster}
              onChange={(event) => narrow({ cluster: event.target.checked })}
            />
          )}
          {session.cwd !== null && (
            <Tick label={messages.onlyFolder} checked={narrowed.folder} onChange={(event) => narrow({ folder: event.target.checked })} />
          )}
        </div>
      </div>
      {found.error !== null && (
        <div className="p-2">
          <ErrorNotice what={messages.historyNotRead} error={found.error} onRetry={() => found.refetch()} />
        </div>
      )}
      {found.isPending && <SkeletonLines widths={['70%', '50%', '60%']} />}
      {found.data?.length === 0 && <p className="px-3 py-2 text-soft">{messages.noHistory}</p>}
      <ul>
        {found.data?.map((entry) => (
          <HistoryItem key={entry.id} entry={entry} insert={insert} />
        ))}
      </ul>
    </>
  );
}

function queryOf({ text, failed, cluster, folder }: Narrowed, { kube, cwd }: TerminalSession) {
  return {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(failed ? { exit: 'failed' as const } : {}),
    ...(cluster && kube !== null ? { context: kube.context } : {}),
    ...(folder && cwd !== null ? { cwd } : {}),
    limit: 200,
  };
}

function HistoryItem({ entry, insert }: { entry: TerminalHistoryEntry; insert(text: string): void }) {
  const { api } = useServices();
  const queries = useQueryClient();
  const messages = useMessages().terminal;
  const forget = useMutation({
    mutationFn: () => api.call(terminalShellRoutes.forgetTerminalHistory, { entry: entry.id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['terminal history'] }),
    onError: (thrown) => notify({ text: messages.notForgotten, detail: toAppError(thrown).message, state: 'high' }),
  });
  const where = [entry.kube === null ? '' : `${entry.kube.context}/${entry.kube.namespace}`, entry.cwd ?? ''].filter((part) => part !== '').join(' · ');
  return (
    <li className="flex min-h-8 items-center gap-2 border-line/60 border-b pr-1 pl-3">
      <StatusMark
        state={entry.exit === null ? 'unknown' : entry.exit === 0 ? 'healthy' : 'missing'}
        text={entry.exit === null ? messages.exitUnknown : messages.exit(entry.exit)}
        compact
      />
      <button
        type="button"
        className="min-w-0 grow rounded-sm py-1 text-left hover:underline"
        title={messages.insertAtPrompt}
        onClick={() => insert(entry.command)}
      >
        <span className="block truncate font-mono text-code">{entry.command.split('\n')[0]}</span>
        <span className="block truncate text-soft text-xs">
          <Age at={entry.startedAt} />
          {where === '' ? '' : ` · ${where}`}
        </span>
      </button>
      <Button look="icon" aria-label={messages.forget(entry.command)} title={messages.forget(entry.command)} onClick={() => forget.mutate()}>
        <Trash2 />
      </Button>
    </li>
  );
}

import { type TerminalProcess, type TerminalSignal, terminalRoutes, terminalShellRoutes, terminalSignals, toAppError } from '@quarterdeck/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { Age } from '../../../ui/time.tsx';
import type { SessionState } from '../session/session-state.ts';
import { processTree } from './process-tree.ts';

/** Nobody tells when a process begins or ends; while somebody looks, they are read this often. Milliseconds. */
const readEvery = 2_000;

/** What runs in a shell, and what can be sent to it. */
export function ProcessList({ state: { session } }: { state: SessionState }) {
  const { api } = useServices();
  const messages = useMessages().terminal;
  const [signal, setSignal] = useState<TerminalSignal>('SIGTERM');
  const found = useQuery({
    queryKey: ['terminal processes', session.id, session.running],
    queryFn: ({ signal: abort }) => api.call(terminalShellRoutes.listTerminalProcesses, { id: session.id }, { signal: abort }),
    refetchInterval: readEvery,
    enabled: session.state === 'running',
  });
  const send = useMutation({
    mutationFn: (pid: number) => api.call(terminalRoutes.signalTerminal, { id: session.id, signal, pid }),
    onSettled: () => found.refetch(),
    onError: (thrown) => notify({ text: messages.notSignalled, detail: toAppError(thrown).message, state: 'high' }),
  });
  if (session.state !== 'running') return <p className="px-3 py-2 text-soft">{messages.over}</p>;
  return (
    <>
      <label className="flex min-h-9 items-center gap-2 border-b px-3 text-soft text-xs">
        {messages.signal}
        <select
          value={signal}
          onChange={(event) => setSignal(terminalSignals.find((each) => each === event.target.value) ?? signal)}
          className="h-7 rounded border border-line bg-surface px-1.5 text-ink"
        >
          {terminalSignals.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      {found.error !== null && (
        <div className="p-2">
          <ErrorNotice what={messages.processesNotRead} error={found.error} onRetry={() => found.refetch()} />
        </div>
      )}
      {found.isPending && <SkeletonLines widths={['50%', '40%']} />}
      <ul>
        {processTree(found.data?.processes ?? []).map(({ process, depth }) => (
          <ProcessItem key={process.pid} process={process} depth={depth} signal={signal} onSend={() => send.mutate(process.pid)} />
        ))}
      </ul>
    </>
  );
}

function ProcessItem({ process, depth, signal, onSend }: { process: TerminalProcess; depth: number; signal: TerminalSignal; onSend(): void }) {
  const messages = useMessages().terminal;
  return (
    <li className="flex min-h-8 items-center gap-2 border-line/60 border-b py-0.5 pr-2" style={{ paddingLeft: 12 + depth * 12 }}>
      <span className="min-w-0 grow" title={process.command}>
        <span className={`block truncate font-mono text-code ${process.foreground ? 'font-semibold' : ''}`}>{process.command || process.name}</span>
        <span className="block truncate text-soft text-xs">
          {process.pid} · {messages.processStates[process.state]} · {formatBytes(process.memory)} · <Age at={process.startedAt} />
        </span>
      </span>
      <Button aria-label={messages.sendSignal(signal, process.name)} onClick={onSend}>
        {messages.send}
      </Button>
    </li>
  );
}

import type { McpServerState } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAcceptMcpServer, useMcpServers } from './use-mcp.ts';

const marks = { ready: 'healthy', new: 'pending', drifted: 'high', failed: 'medium', off: 'paused' } as const;

/** Servers of others: how each is, what its tools say of themselves, and the word that lets the assistant call them. */
export function McpServerList() {
  const messages = useMessages().mcp;
  const servers = useMcpServers();
  const accept = useAcceptMcpServer();
  if (servers.error !== null) return <ErrorNotice what={messages.serversNotRead} error={servers.error} onRetry={() => servers.refetch()} />;
  if (servers.data === undefined) return <SkeletonLines widths={['50%', '30%']} />;
  if (servers.data.servers.length === 0) return <Empty title={messages.none}>{messages.noneNote}</Empty>;
  return (
    <>
      {accept.error !== null && <ErrorNotice what={messages.notAccepted} error={accept.error} />}
      <ul aria-label={messages.servers} className="rounded border bg-surface">
        {servers.data.servers.map((server) => (
          <ServerLine key={server.name} server={server} busy={accept.isPending} onAccept={(fingerprint) => accept.mutate({ name: server.name, fingerprint })} />
        ))}
      </ul>
    </>
  );
}

function ServerLine({ server, busy, onAccept }: { server: McpServerState; busy: boolean; onAccept(fingerprint: string): void }) {
  const messages = useMessages().mcp;
  const { name, from, state, problem, tools, missing, fingerprint } = server;
  const waits = state === 'new' || state === 'drifted';
  return (
    <li className="flex flex-col gap-1 border-b px-3 py-1.5 last:border-b-0">
      <div className="grid min-h-7 items-center gap-x-4 gap-y-1 sm:grid-cols-[10rem_11rem_minmax(0,1fr)_auto]">
        <span className="min-w-0 break-words font-medium">{name}</span>
        <span className="min-w-0">
          <StatusMark state={marks[state]} text={messages.states[state]} />
        </span>
        <span className="min-w-0 truncate text-soft" title={from}>
          {from}
        </span>
        {waits && fingerprint !== null && (
          <Button className="justify-self-start" disabled={busy} aria-label={messages.acceptOf(name)} onClick={() => onAccept(fingerprint)}>
            {messages.accept}
          </Button>
        )}
      </div>
      {waits && <p className="text-soft">{state === 'new' ? messages.newNote : messages.driftedNote}</p>}
      {problem !== null && <p className="break-words text-soft">{problem}</p>}
      {missing.length > 0 && <p className="break-words text-soft">{messages.missing(missing.join(', '))}</p>}
      {tools.length > 0 && (
        <details open={waits}>
          <summary className="cursor-pointer text-soft">{messages.tools(tools.length)}</summary>
          <ul className="mt-1 flex flex-col gap-1 ps-4">
            {tools.map((tool) => (
              <li key={tool.name} className="break-words">
                <span className="font-mono">{tool.name}</span> <span className="text-soft">{tool.description}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

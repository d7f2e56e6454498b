import type { Forward, ForwardConnection } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { formatBytes } from '../../text/bytes.ts';
import { Tick } from '../../ui/field.tsx';
import { Middle } from '../../ui/middle.tsx';
import { Part } from '../../ui/part.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Age } from '../../ui/time.tsx';
import { reachOf } from './forward-address.ts';

interface ForwardDetailProps {
  forward: Forward;
  name: string;
  busy: boolean;
  onAutostart(autostart: boolean): void;
}

/** Where it leads now, who may use it, what went wrong, and each connection that is open. */
export function ForwardDetail({ forward, name, busy, onAutostart }: ForwardDetailProps) {
  const messages = useMessages().forwards;
  const { stats } = forward;
  return (
    <div className="grid gap-x-8 gap-y-3 bg-sunken px-8 py-3 sm:grid-cols-2">
      <h2 className="sr-only">{messages.details(name)}</h2>
      <Part title={messages.leadsTo}>
        <p className="break-words">{stats.pod ?? messages.noConnectionYet}</p>
        {stats.latency !== null && <p className="text-soft">{messages.latency(stats.latency)}</p>}
      </Part>
      <Part title={messages.whoMayUse}>
        <p>{messages.reach[reachOf(forward, location.hostname)]}</p>
        <Tick
          label={messages.autostart}
          checked={forward.autostart}
          disabled={busy}
          title={messages.autostartNote}
          onChange={(event) => onAutostart(event.target.checked)}
        />
      </Part>
      {stats.errors.length > 0 && (
        <Part title={messages.errors}>
          <ul>
            {stats.errors.map(({ message, count, lastAt }) => (
              <li key={message} className="flex gap-2">
                <span className="shrink-0 text-high">{count} ×</span>
                <span className="min-w-0 break-words">{message}</span>
                <span className="shrink-0 text-soft">
                  <Age at={lastAt} />
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {stats.connections.length > 0 && (
        <div className="min-w-0 sm:col-span-2">
          <Part title={messages.openNow}>
            <Connections connections={stats.connections} />
          </Part>
        </div>
      )}
    </div>
  );
}

function Connections({ connections }: { connections: readonly ForwardConnection[] }) {
  const messages = useMessages().forwards;
  return (
    <PlainTable
      label={messages.openNow}
      head={[messages.localPort, messages.pod, messages.received, messages.sent, messages.firstByte, messages.openedAt]}
      rows={connections.map(({ id, localPort, pod, bytesIn, bytesOut, firstByteMs, openedAt }) => ({
        key: String(id),
        cells: [
          localPort,
          pod === null ? '–' : <Middle key="pod" text={pod} />,
          formatBytes(bytesIn),
          formatBytes(bytesOut),
          firstByteMs === null ? '–' : messages.milliseconds(firstByteMs),
          <Age key="age" at={openedAt} />,
        ],
      }))}
    />
  );
}

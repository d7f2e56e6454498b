import type { Forward, ForwardPort } from '@quarterdeck/contract';
import { ChevronRight, ExternalLink } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { formatBytes } from '../../text/bytes.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useClusterMarks } from '../clusters/use-cluster-marks.ts';
import { addressOf, reachOf, schemeOf } from './forward-address.ts';
import { ForwardDetail } from './forward-detail.tsx';
import { forwardHealth, targetName } from './forward-words.ts';
import { Sparkline } from './sparkline.tsx';
import { ratesOf, type TrafficSample } from './traffic.ts';
import { useForwardControl } from './use-forwards.ts';

/** How many bars a minute has. */
const bars = 24;

interface ForwardRowProps {
  forward: Forward;
  samples: readonly TrafficSample[];
  open: boolean;
  onOpen(open: boolean): void;
}

/** One forward: where it is found, where it leads, and what goes through it. */
export function ForwardRow({ forward, samples, open, onOpen }: ForwardRowProps) {
  const messages = useMessages().forwards;
  const control = useForwardControl(forward);
  const { stats } = forward;
  const name = targetName(forward, messages.podsWith);
  return (
    <li className="border-b">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5 hover:bg-hover">
        <button type="button" aria-expanded={open} onClick={() => onOpen(!open)} className="flex min-w-0 basis-64 grow items-center gap-2 text-left sm:grow-0">
          <ChevronRight className={`size-3.5 shrink-0 text-soft ${open ? 'rotate-90' : ''}`} aria-hidden="true" />
          <StatusMark state={forwardHealth[stats.state]} text={messages.states[stats.state]} compact />
          <span className="min-w-0">
            <span className="block font-medium">
              <Middle text={name} />
            </span>
            <Place forward={forward} />
          </span>
        </button>
        <div className="flex min-w-0 basis-52 flex-col">
          {stats.ports.map((port) => (
            <PortLine key={`${port.local}:${port.remote}`} forward={forward} port={port} />
          ))}
        </div>
        <div className="flex min-w-0 grow basis-80 flex-wrap items-center gap-x-4 gap-y-1">
          <TrafficPart forward={forward} samples={samples} />
        </div>
        <div className="flex gap-1">
          {stats.state === 'stopped' ? (
            <>
              <Button disabled={control.isPending} onClick={() => control.mutate({ do: 'start', autostart: forward.autostart })}>
                {messages.start}
              </Button>
              <Button look="quiet" disabled={control.isPending} onClick={() => control.mutate({ do: 'forget' })}>
                {messages.forget}
              </Button>
            </>
          ) : (
            <Button disabled={control.isPending} onClick={() => control.mutate({ do: 'stop' })}>
              {messages.stop}
            </Button>
          )}
        </div>
        {stats.reason !== null && <p className={`basis-full pl-5.5 ${stats.state === 'stopped' ? 'text-soft' : 'text-high'}`}>{stats.reason}</p>}
      </div>
      {control.error !== null && (
        <div className="px-3 pb-2">
          <ErrorNotice what={messages.notDone} error={control.error} />
        </div>
      )}
      {open && <ForwardDetail forward={forward} busy={control.isPending} name={name} onAutostart={(autostart) => control.mutate({ do: 'start', autostart })} />}
    </li>
  );
}

function Place({ forward }: { forward: Forward }) {
  const { all, selected } = useClusters();
  const { colourOf } = useClusterMarks();
  const cluster = all?.find(({ id }) => id === forward.cluster)?.name ?? forward.cluster;
  return (
    <span className="flex items-center gap-1.5 text-soft text-xs">
      <span className="truncate">{forward.namespace}</span>
      {forward.cluster !== selected?.id && (
        <>
          <span aria-hidden="true" className="h-3 w-[3px] shrink-0 rounded-full" style={{ background: colourOf(forward.cluster) }} />
          <span className="truncate">{cluster}</span>
        </>
      )}
    </span>
  );
}

/** `127.0.0.1:41234 → 80`: a link where a browser gets there from here. */
function PortLine({ forward, port }: { forward: Forward; port: ForwardPort }) {
  const messages = useMessages().forwards;
  const { local, remote } = port;
  const address = addressOf(forward, port, location.hostname);
  const runs = forward.stats.state !== 'stopped';
  const shown = address ?? (local === 0 ? messages.anyPort : `${forward.address}:${local}`);
  return (
    <span className="flex min-w-0 items-center gap-1 font-mono text-code">
      {address !== null && runs ? (
        <a
          href={`${schemeOf(port)}://${address}/`}
          target="_blank"
          rel="noopener noreferrer"
          title={messages.openInBrowser}
          className="inline-flex min-w-0 items-center gap-1 text-accent hover:underline"
        >
          <span className="truncate">{shown}</span>
          <ExternalLink aria-hidden="true" className="size-3 shrink-0" />
        </a>
      ) : (
        <span className="truncate" title={messages.reach[reachOf(forward, location.hostname)]}>
          {shown}
        </span>
      )}
      <span className="text-soft">→ {remote}</span>
      {address !== null && runs && <CopyButton text={address} label={messages.copyAddress} />}
    </span>
  );
}

function TrafficPart({ forward: { stats }, samples }: Pick<ForwardRowProps, 'forward' | 'samples'>) {
  const messages = useMessages().forwards;
  const rates = ratesOf(samples, performance.now(), bars);
  return (
    <>
      <Sparkline values={rates} label={messages.lastMinute(formatBytes(Math.max(...rates)))} />
      <span className="whitespace-nowrap" title={messages.bytesTitle}>
        ↓ {formatBytes(stats.bytesIn)} ↑ {formatBytes(stats.bytesOut)}
      </span>
      <span className="whitespace-nowrap text-soft">{messages.connections(stats.openConnections, stats.totalConnections)}</span>
      {stats.latency !== null && (
        <span className="whitespace-nowrap text-soft" title={messages.latencyTitle}>
          {messages.milliseconds(stats.latency.median)}
        </span>
      )}
      {stats.failedConnections > 0 && <span className="whitespace-nowrap text-high">{messages.failed(stats.failedConnections)}</span>}
    </>
  );
}

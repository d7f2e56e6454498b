import { Popover } from '@base-ui/react/popover';
import type { HealthState, LogSource } from '@quarterdeck/contract';
import { useLiveState } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { PopoverButton } from '../../ui/popover-button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { sourceKey } from './log-line.ts';
import { useLogView } from './log-view-context.ts';

/** What is read, how much of it is shown, and what is missing: always there when something is. */
export function LogStatus() {
  const { lines, facts, cursor } = useLogView();
  const messages = useMessages().logs;
  const shown = lines.reduce((count, { marker }) => count + Number(marker === null), 0);
  const selected = cursor.index < 0 ? 0 : cursor.last - cursor.first + 1;
  return (
    <section
      aria-label={messages.status.label}
      className="flex min-h-6 shrink-0 flex-wrap items-center gap-x-4 border-line border-t bg-canvas px-3 text-soft text-xs"
    >
      <Liveness />
      <Sources />
      <span data-log-count={shown}>{shown === facts.read ? messages.status.lines(shown) : messages.status.ofRead(shown, facts.read)}</span>
      {selected > 1 && <span>{messages.list.selected(selected)}</span>}
      <span className="grow" />
      <Losses />
    </section>
  );
}

function Liveness() {
  const { facts } = useLogView();
  const socket = useLiveState();
  const { status } = useMessages().logs;
  if (socket === 'waiting') return <StatusMark state="pending" text={status.reconnecting} />;
  const [first] = facts.sources;
  const idle = first !== undefined && facts.sources.every(({ state }) => state === 'waiting' || state === 'ended');
  if (idle && !facts.ended && first.reason !== null) return <StatusMark state="pending" text={first.reason} />;
  return facts.ended || facts.stopped ? <StatusMark state="scaledToZero" text={status.ended} /> : <StatusMark state="healthy" text={status.live} />;
}

/** Nothing that is not on the page goes unsaid. */
function Losses() {
  const { facts } = useLogView();
  const { status } = useMessages().logs;
  const queued = facts.sources.filter((source) => source.queued === true).length;
  const losses: [number, string, string][] = [
    [facts.lost, status.lost(facts.lost), status.lostHint],
    [facts.gaps, status.gaps(facts.gaps), status.gapsHint],
    [queued, status.queued(queued), ''],
    [facts.trimmed, status.trimmed(facts.trimmed), ''],
    [facts.reconnects, status.reconnects(facts.reconnects), ''],
  ];
  return losses
    .filter(([count]) => count > 0)
    .map(([, text, hint]) => (
      <span key={text} title={hint}>
        <StatusMark state="high" text={text} />
      </span>
    ));
}

const states: Record<LogSource['state'], HealthState> = { waiting: 'pending', streaming: 'healthy', ended: 'scaledToZero', failed: 'critical' };

/** How many logs are read, of how many; each with its state and the reason for it. */
function Sources() {
  const { facts, names } = useLogView();
  const { status } = useMessages().logs;
  const { sources } = facts;
  const open = sources.filter(({ queued, state }) => queued !== true && state !== 'failed').length;
  if (sources.length === 0) return null;
  return (
    <PopoverButton
      face={open === sources.length ? status.sources(sources.length) : status.ofSources(open, sources.length)}
      look="rounded-sm underline decoration-dotted underline-offset-2 hover:text-ink"
      title={status.showSources}
      side="top"
      panel="max-h-[50vh] w-[min(34rem,94vw)] overflow-y-auto p-2"
    >
      <Popover.Title className="sr-only">{status.showSources}</Popover.Title>
      <ul className="flex flex-col gap-1">
        {sources.map((source) => (
          <SourceItem key={sourceKey(source)} source={source} short={names.get(sourceKey(source))?.short ?? source.pod} />
        ))}
      </ul>
    </PopoverButton>
  );
}

function SourceItem({ source, short }: { source: LogSource; short: string }) {
  const { status } = useMessages().logs;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 px-1">
      <span className="min-w-0 break-all font-mono text-code" title={short}>
        {source.pod}/{source.container}
      </span>
      <span className="text-xs">
        <StatusMark state={states[source.state]} text={status.states[source.state]} />
      </span>
      {source.reason !== null && <span className="min-w-0 basis-full break-words text-soft text-xs">{source.reason}</span>}
    </li>
  );
}

import { type ContainerUsage, parseQuantity } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { formatCores } from '../../metrics/format-metric.ts';
import { Fact } from '../parts/facts.tsx';
import type { Container } from './container-states.ts';

/** What a container asks for and may have, and what it uses where that is measured. */
export function ResourcesFact({ container, usage }: { container: Container; usage: ContainerUsage | null }) {
  const messages = useMessages().objectSummary;
  const { requests = {}, limits = {} } = container.resources ?? {};
  const names = [...new Set(['cpu', 'memory', ...Object.keys(requests), ...Object.keys(limits)])];
  const told = names.filter((name) => requests[name] !== undefined || limits[name] !== undefined || (usage !== null && (name === 'cpu' || name === 'memory')));
  return (
    <Fact label={messages.resources}>
      {told.length === 0 ? (
        <span className="text-soft">{messages.noResources}</span>
      ) : (
        <ul className="flex flex-col gap-1">
          {told.map((name) => (
            <ResourceLine key={name} name={name} request={requests[name]} limit={limits[name]} used={usedOf(usage, name)} />
          ))}
        </ul>
      )}
    </Fact>
  );
}

function usedOf(usage: ContainerUsage | null, name: string): number | null {
  if (usage === null) return null;
  return name === 'cpu' ? usage.cpu : name === 'memory' ? usage.memory : null;
}

interface ResourceLineProps {
  name: string;
  request: string | undefined;
  limit: string | undefined;
  used: number | null;
}

export function ResourceLine({ name, request, limit, used }: ResourceLineProps) {
  const messages = useMessages().objectSummary;
  const whole = parseQuantity(limit ?? request);
  const text = used === null ? null : name === 'cpu' ? formatCores(used) : formatBytes(used);
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] items-baseline gap-x-2">
      <span className="truncate text-soft text-xs" title={name}>
        {name}
      </span>
      <span className="min-w-0">
        {text !== null && <span className="font-medium">{text}</span>}
        <span className={text === null ? '' : 'text-soft'}>
          {text === null ? '' : ' · '}
          {messages.requestAndLimit(request, limit)}
        </span>
        {used !== null && whole !== null && whole > 0 && <UseBar part={used / whole} label={messages.used(name, Math.round((used / whole) * 100))} />}
      </span>
    </li>
  );
}

/** How much of something is used, in a line; the words beside it say it too. */
export function UseBar({ part, label }: { part: number; label: string }) {
  const width = Math.min(100, Math.max(1, part * 100));
  const colour = part > 0.95 ? 'fill-critical' : part > 0.8 ? 'fill-high' : 'fill-accent-fill';
  return (
    <svg viewBox="0 0 100 3" preserveAspectRatio="none" role="img" aria-label={label} className="mt-1 block h-1 w-full max-w-60 overflow-hidden rounded">
      <rect width="100" height="3" className="fill-line" />
      <rect width={width} height="3" className={colour} />
    </svg>
  );
}

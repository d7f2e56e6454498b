import type { EventGroup, HealthState } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { useNow } from '../../../ui/now.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import { type ContainerStatus, type Probe, type ProbeName, probeTarget } from './container-states.ts';

interface ProbeLineProps {
  name: ProbeName;
  probe: Probe;
  /** Null where it is a template's: then only failures are known. */
  status: ContainerStatus | null;
  events: readonly EventGroup[];
}

/** A probe: what it asks, how it stands, and what it failed with lately. */
export function ProbeLine({ name, probe, status, events }: ProbeLineProps) {
  const messages = useMessages().objectSummary;
  const failures = failuresOf(name, events);
  const state = stateOfProbe(name, probe, status, failures, useNow(5_000));
  const [latest] = failures;
  const count = failures.reduce((sum, failure) => sum + failure.count, 0);
  return (
    <li className="grid grid-cols-[6rem_minmax(0,1fr)] items-baseline gap-x-3">
      <span className="text-soft text-xs">{messages.probes[name]}</span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {state !== null && (
            <StatusMark state={state} text={messages.probeStates[state === 'healthy' ? 'passing' : state === 'high' ? 'failing' : 'waiting']} />
          )}
          <span className="break-all font-mono text-code">{probeTarget(probe)}</span>
        </p>
        <p className="text-soft text-xs">
          {messages.probeTimes({
            period: probe.periodSeconds ?? 10,
            timeout: probe.timeoutSeconds ?? 1,
            failures: probe.failureThreshold ?? 3,
            delay: probe.initialDelaySeconds ?? 0,
          })}
        </p>
        {latest !== undefined && (
          <p className="mt-0.5 break-words text-xs">
            {messages.probeFailed(count)}
            {latest.lastAt !== null && (
              <>
                {', '}
                {messages.lastOne} <Age at={latest.lastAt} /> {messages.ago}
              </>
            )}
            {': '}
            <span className="text-soft">{latest.message.replace(/^\w+ probe (failed|errored)[^:]*: /, '')}</span>
          </p>
        )}
      </div>
    </li>
  );
}

/** Pure. What the cluster told of a probe's failures, the latest first. */
export function failuresOf(name: ProbeName, events: readonly EventGroup[]): EventGroup[] {
  return events.filter(({ reason, message }) => reason === 'Unhealthy' && message.toLowerCase().startsWith(`${name} probe`));
}

/** A failure that is older than that many periods is history, unless it was a moment ago. */
const recentPeriods = 4;
const momentMs = 60_000;

/** Pure. Null where nothing says how it stands. */
export function stateOfProbe(
  name: ProbeName,
  { periodSeconds = 10 }: Probe,
  status: ContainerStatus | null,
  failures: readonly EventGroup[],
  now: number,
): HealthState | null {
  const last = Date.parse(failures[0]?.lastAt ?? '');
  const failing = !Number.isNaN(last) && now - last < Math.max(momentMs, periodSeconds * recentPeriods * 1_000);
  if (status === null) return failing ? 'high' : null;
  if (status.state?.running === undefined) return null;
  if (failing) return hasPassed(name, status) && name !== 'liveness' ? 'healthy' : 'high';
  return hasPassed(name, status) ? 'healthy' : 'pending';
}

/** A liveness probe is not asked before the container has started. */
function hasPassed(name: ProbeName, { ready, started }: ContainerStatus): boolean {
  return name === 'readiness' ? ready : started !== false;
}

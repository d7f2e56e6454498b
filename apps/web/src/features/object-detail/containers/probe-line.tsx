import type { EventGroup, HealthState } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { useNow } from '../../../ui/now.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import { type ContainerStatus, type Probe, type ProbeName, probeTarget } from './container-states.ts';

const words: Partial<Record<HealthState, 'passing' | 'failing' | 'waiting'>> = { healthy: 'passing', high: 'failing', pending: 'waiting' };

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
          {state !== null && <StatusMark state={state} text={messages.probeStates[words[state] ?? 'unsure']} />}
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

/** The kubelet tells of the same failure every five minutes at least, and of no more than that once there are many. */
const toldWithin = 330_000;
/** What has failed a moment ago may fail again. */
const moment = 60_000;

/** How long a container may go on after its probe has failed for good, where it says nothing else. */
const grace = 30_000;

/** Pure. Null where nothing says how it stands. */
export function stateOfProbe(name: ProbeName, probe: Probe, status: ContainerStatus | null, failures: readonly EventGroup[], now: number): HealthState | null {
  const last = Date.parse(failures[0]?.lastAt ?? '');
  if (status === null) return now - last < toldWithin ? 'high' : null;
  const running = status.state?.running;
  if (running === undefined) return null;
  const startedAt = Date.parse(running.startedAt ?? '');
  if (name === 'liveness') return now - last < moment ? 'high' : livenessOf(probe, status, now - startedAt);
  if (name === 'readiness' ? status.ready : status.started === true) return 'healthy';
  return last >= startedAt ? 'high' : 'pending';
}

/** Nothing tells that it passes, and not every failure is told: that the container goes on says it, once it has gone on for long enough. */
function livenessOf({ initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 }: Probe, { started }: ContainerStatus, age: number): HealthState {
  if (started === false) return 'pending';
  return age > (initialDelaySeconds + periodSeconds * failureThreshold) * 1_000 + grace ? 'healthy' : 'unknown';
}

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
  const state = stateOfProbe(name, status, failures, useNow(5_000));
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

/** The kubelet tells of the same failure every five minutes at least, and of no more than that once there are many. */
const toldWithin = 330_000;
/** What has failed a moment ago may fail again. */
const moment = 60_000;

/** Pure. Null where nothing says how it stands. */
export function stateOfProbe(name: ProbeName, status: ContainerStatus | null, failures: readonly EventGroup[], now: number): HealthState | null {
  const last = Date.parse(failures[0]?.lastAt ?? '');
  if (status === null) return now - last < toldWithin ? 'high' : null;
  const running = status.state?.running;
  if (running === undefined) return null;
  if (name === 'liveness') return livenessOf(status, now - last < moment);
  if (name === 'readiness' ? status.ready : status.started === true) return 'healthy';
  return last >= Date.parse(running.startedAt ?? '') ? 'high' : 'pending';
}

/** It is not asked before the container has started, and nothing but its failures is told. */
function livenessOf({ started }: ContainerStatus, failing: boolean): HealthState {
  if (started === false) return 'pending';
  return failing ? 'high' : 'healthy';
}

import {
  type ActEnd,
  type ActLog,
  type DrainEvent,
  type DrainOptions,
  type DrainPlan,
  errorBody,
  type ObjectRef,
  refTo,
  toAppError,
} from '@quarterdeck/contract';
import { words } from '../../acts/kubectl-command.ts';
import { recordStream, unrecorded } from '../../acts/record-act.ts';
import { undoOf } from '../../acts/undo-change.ts';
import { ConcurrencyLimit } from '../../transport/concurrency-limit.ts';
import { SelectedObjects } from '../../watch/selected-objects.ts';
import { systemWatchClock, type WatchClock } from '../../watch/watch-clock.ts';
import { applyChange } from '../apply-change.ts';
import type { ChangeAccess } from '../resolve-change.ts';
import { EventChannel } from './event-channel.ts';
import { checkDrainPlan, podsOf, readDrainPlan, servedKind } from './read-drain.ts';

export interface DrainDependencies {
  /** Where the drain is written down, as one act. */
  acts: ActLog;
  signal: AbortSignal;
  clock?: WatchClock;
}

/** How long a pod that a budget protects is left alone before it is asked again; as kubectl. */
const retryMs = 5000;
/** More at once would be felt by the API server. */
const atOnce = 8;

type Eviction = DrainPlan['evict'][number];

/**
 * Drains a node: cordons it, then evicts its pods, patiently where a budget is in the way, and tells every step. Once
 * the first event came it throws no more: the last event is `done`, `failed` or `cancelled`. Before, it throws
 * NOT_FOUND and VALIDATION_ERROR (what has to be decided first). The node stays cordoned however it ends.
 */
export async function startDrain(
  access: ChangeAccess,
  node: string,
  options: DrainOptions,
  { acts, signal, clock = systemWatchClock }: DrainDependencies,
): Promise<AsyncGenerator<DrainEvent>> {
  const plan = await readDrainPlan(access, node, options, signal);
  checkDrainPlan(plan);
  const target = refTo('Node', null, node);
  const pods = plan.evict.map(({ pod }) => `${pod.namespace}/${pod.name}`);
  const draft = {
    action: 'node.drain' as const,
    target,
    input: { options, pods },
    kubectl: kubectlDrain(node, options),
    undo: undoOf({ verb: 'cordon', target }, null, null),
  };
  return recordStream(acts, draft, async () => new Drain(access, plan, options, clock).run(signal), drainEnd());
}

/** Tells from the events of a drain how it ended, and which pods went. */
function drainEnd(): (event: DrainEvent) => ActEnd | null {
  const gone: string[] = [];
  return (event) => {
    if (event.type === 'gone') gone.push(`${event.pod.namespace}/${event.pod.name}`);
    if (event.type === 'done') return { outcome: 'done', detail: { gone } };
    if (event.type === 'failed') return { outcome: 'failed', error: { code: 'CLUSTER_ERROR', message: event.message }, detail: { gone } };
    return { outcome: 'cancelled', detail: { gone } };
  };
}

function kubectlDrain(node: string, options: DrainOptions): string {
  const { ignoreDaemonSets, deleteEmptyDirData, force, gracePeriodSeconds, timeoutSeconds, podSelector } = options;
  const flags = [
    ...(ignoreDaemonSets ? ['--ignore-daemonsets'] : []),
    ...(deleteEmptyDirData ? ['--delete-emptydir-data'] : []),
    ...(force ? ['--force'] : []),
    ...(gracePeriodSeconds === undefined ? [] : [`--grace-period=${gracePeriodSeconds}`]),
    ...(timeoutSeconds === 0 ? [] : [`--timeout=${timeoutSeconds}s`]),
    ...(podSelector === undefined ? [] : [`--pod-selector=${podSelector}`]),
  ];
  return words(['kubectl', 'drain', node, ...flags]);
}

class Drain {
  private readonly access: ChangeAccess;
  private readonly node: string;
  private cordoned: boolean;
  private readonly options: DrainOptions;
  private readonly clock: WatchClock;
  private readonly channel = new EventChannel<DrainEvent>();
  private readonly ended = new AbortController();
  private readonly left = new Map<string, ObjectRef>();
  private readonly limit = new ConcurrencyLimit(atOnce);
  private evicted = 0;

  constructor(access: ChangeAccess, { node, cordoned }: DrainPlan, options: DrainOptions, clock: WatchClock) {
    this.access = access;
    this.node = node;
    this.cordoned = cordoned;
    this.options = options;
    this.clock = clock;
  }

  async *run(cancelled: AbortSignal): AsyncGenerator<DrainEvent> {
    const signal = AbortSignal.any([cancelled, this.ended.signal]);
    const work = this.work(signal).then(
      (last) => this.channel.end(last),
      (thrown: unknown) => this.channel.end(cancelled.aborted ? this.cancelledEvent() : this.failed(toAppError(thrown).message)),
    );
    try {
      yield* this.channel.events();
    } finally {
      // Whoever reads went away, or everything is told: nothing goes on behind their back.
      this.ended.abort();
      await work;
    }
  }

  private async work(signal: AbortSignal): Promise<DrainEvent> {
    const { node, access, options } = this;
    const plan = await this.cordonAndLook(signal);
    const pods = new SelectedObjects(access, await servedKind(access, 'Pod', signal), podsOf(node, options), this.clock);
    try {
      for (const { pod, note } of plan.skip) this.channel.push({ type: 'skipped', pod, note });
      for (const { pod, uid } of plan.evict) this.left.set(uid, pod);
      const all = Promise.all(plan.evict.map((eviction) => this.evict(eviction, pods, signal)));
      const outcome = await Promise.race([all, this.deadline(signal)]);
      if (outcome === 'timeout') {
        this.ended.abort(); // No eviction is tried again after this.
        return this.failed(`It took longer than ${options.timeoutSeconds} s.`);
      }
      if (this.left.size > 0) return this.failed(`${this.left.size} of ${plan.evict.length} pods could not be evicted.`);
      return { type: 'done', node, evicted: this.evicted };
    } finally {
      await pods.close();
    }
  }

  /** The pods are looked at again once no new ones can come. */
  private async cordonAndLook(signal: AbortSignal): Promise<DrainPlan> {
    const { node, access, options, cordoned: already } = this;
    if (!already) await applyChange(access, { verb: 'cordon', target: refTo('Node', null, node) }, { acts: unrecorded, signal });
    this.cordoned = true;
    this.channel.push({ type: 'cordoned', node, already });
    const plan = await readDrainPlan(access, node, options, signal);
    checkDrainPlan(plan);
    return plan;
  }

  private async evict(eviction: Eviction, pods: SelectedObjects, signal: AbortSignal): Promise<void> {
    const { pod, uid } = eviction;
    try {
      this.channel.push({ type: 'evicting', pod });
      if (await this.untilAccepted(eviction, signal)) this.channel.push({ type: 'evicted', pod });
      await pods.untilGone(uid, signal);
      this.left.delete(uid);
      this.evicted += 1;
      this.channel.push({ type: 'gone', pod });
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      const { requestId: _none, ...error } = errorBody(toAppError(thrown), '');
      this.channel.push({ type: 'podFailed', pod, error });
    }
  }

  /** False where the pod was gone before it was asked to go. */
  private async untilAccepted({ pod, uid }: Eviction, signal: AbortSignal): Promise<boolean> {
    const { gracePeriodSeconds } = this.options;
    let told = '';
    while (true) {
      try {
        const change = { verb: 'evict' as const, target: pod, uid, ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }) };
        await this.limit.run(signal, () => applyChange(this.access, change, { acts: unrecorded, signal }));
        return true;
      } catch (thrown) {
        const error = toAppError(thrown);
        // CONFLICT: another pod has its name by now.
        if (error.code === 'NOT_FOUND' || error.code === 'CONFLICT') return false;
        if (error.code !== 'RATE_LIMITED') throw error;
        if (error.message !== told) this.channel.push({ type: 'blocked', pod, message: error.message });
        told = error.message;
        await this.clock.sleep(retryMs, signal);
      }
    }
  }

  private async deadline(signal: AbortSignal): Promise<'timeout'> {
    const { timeoutSeconds } = this.options;
    if (timeoutSeconds === 0) return new Promise(() => undefined);
    try {
      await this.clock.sleep(timeoutSeconds * 1000, signal);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
      return new Promise(() => undefined); // Whoever aborted is told elsewhere.
    }
    return 'timeout';
  }

  private failed(message: string): DrainEvent {
    return { type: 'failed', node: this.node, message: `${message} ${this.cordonNote()}`, left: [...this.left.values()] };
  }

  private cancelledEvent(): DrainEvent {
    return { type: 'cancelled', node: this.node, message: `The drain was cancelled. ${this.cordonNote()}`, left: [...this.left.values()] };
  }

  private cordonNote(): string {
    return this.cordoned ? 'The node stays cordoned: uncordon it to let new pods start there again.' : 'The node was not cordoned.';
  }
}

import { isKind, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import type { Selection } from '../watch/reflector.ts';
import { SelectedObjects } from '../watch/selected-objects.ts';
import { systemWatchClock } from '../watch/watch-clock.ts';
import { builtIn, isOwnedBy, type Pod, type PodQuery } from './pods-of.ts';

type ListsAndWatches = Pick<ClusterAccess, 'kinds' | 'list' | 'watch'>;

/** The pods of a query as they come and go. */
export interface FollowedPods {
  /** As they are now. Throws why they can't be followed any more: FORBIDDEN and the like. */
  now(): Pod[];
  /** Resolves when something is different from now. Rejects with CANCELLED when the signal aborts. */
  nextChange(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** The pods as they are now. */
export async function listPods(access: ListsAndWatches, query: PodQuery, signal: AbortSignal): Promise<Pod[]> {
  const kinds = await access.kinds(signal);
  const options = { namespace: query.namespace, ...selectorsOf(query), signal };
  const { items } = await listAll(access, builtIn(kinds, 'Pod'), options);
  const pods = items.filter((object): object is Pod => isKind(object, 'Pod'));
  if (query.cronJob === undefined) return pods;
  const jobs = await listAll(access, builtIn(kinds, 'Job'), { namespace: query.namespace, signal });
  return ofCronJob(pods, jobs.items, query.cronJob);
}

/** Resolves when they were read once; rejects when they can't be. Whoever asked closes it. */
export async function followPods(access: ListsAndWatches, query: PodQuery, signal: AbortSignal): Promise<FollowedPods> {
  const kinds = await access.kinds(signal);
  const { namespace, cronJob } = query;
  const select = (kind: ResourceKind, selection: Selection) => new SelectedObjects(access, kind, selection, systemWatchClock);
  const pods = select(builtIn(kinds, 'Pod'), { namespace, ...selectorsOf(query) });
  const jobs = cronJob === undefined ? null : { cronJob, objects: select(builtIn(kinds, 'Job'), { namespace }) };
  const followed = new SelectedPods(pods, jobs);
  try {
    while (!followed.known()) await followed.nextChange(signal);
    return followed;
  } catch (thrown) {
    await followed.close();
    throw thrown;
  }
}

class SelectedPods implements FollowedPods {
  private readonly pods: SelectedObjects;
  private readonly jobs: { cronJob: string; objects: SelectedObjects } | null;

  constructor(pods: SelectedObjects, jobs: { cronJob: string; objects: SelectedObjects } | null) {
    this.pods = pods;
    this.jobs = jobs;
  }

  known(): boolean {
    return this.pods.now() !== null && (this.jobs === null || this.jobs.objects.now() !== null);
  }

  now(): Pod[] {
    const pods = [...(this.pods.now()?.values() ?? [])].filter((object): object is Pod => isKind(object, 'Pod'));
    return this.jobs === null ? pods : ofCronJob(pods, [...(this.jobs.objects.now()?.values() ?? [])], this.jobs.cronJob);
  }

  async nextChange(signal: AbortSignal): Promise<void> {
    const settled = new AbortController();
    const either = AbortSignal.any([signal, settled.signal]);
    const changes = [this.pods, ...(this.jobs === null ? [] : [this.jobs.objects])].map((objects) => objects.nextChange(either));
    try {
      await Promise.race(changes);
    } finally {
      settled.abort();
      await Promise.allSettled(changes);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.pods.close(), this.jobs?.objects.close()]);
  }
}

function ofCronJob(pods: readonly Pod[], jobs: readonly KubeObject[], cronJob: string): Pod[] {
  const owned = new Set(jobs.filter((job) => isOwnedBy(job, 'CronJob', (name) => name === cronJob)).map((job) => job.metadata.name));
  return pods.filter((pod) => isOwnedBy(pod, 'Job', (name) => owned.has(name)));
}

function selectorsOf({ labelSelector, fieldSelector }: PodQuery): { labelSelector?: string; fieldSelector?: string } {
  return { ...(labelSelector === undefined ? {} : { labelSelector }), ...(fieldSelector === undefined ? {} : { fieldSelector }) };
}

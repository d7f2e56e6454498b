import { AppError, type Condition, type ConditionState, groupOf, isKind, type ObjectRef, type ResourceKind, toAppError } from '@quarterdeck/contract';
import { listAll } from '../access/list-all.ts';
import { type ChangeAccess, servedKind } from '../change/resolve-change.ts';
import { builtIn, podQuery } from '../pods/pods-of.ts';
import type { Selection } from '../watch/reflector.ts';
import { SelectedObjects } from '../watch/selected-objects.ts';
import type { WatchClock } from '../watch/watch-clock.ts';
import { isReady } from './blast-radius.ts';
import { judgeCondition, lateSince, type ObjectCondition, podsText, type Since, type Verdict } from './condition-rules.ts';

/** Tells whether the diagnosis still sees an issue, at once and whenever that may have changed. */
export interface IssueWatch {
  follow(issue: string, signal: AbortSignal): AsyncIterable<{ open: boolean; message: string }>;
}

export interface AwaitOptions {
  timeoutSeconds: number;
  since: Since;
  /** Null where nothing diagnoses: conditions about issues then fail. */
  issues: IssueWatch | null;
  clock: WatchClock;
  signal: AbortSignal;
  /** Told whenever one of them stands otherwise. */
  onState(index: number, state: ConditionState): void;
}

/**
 * Waits until all conditions are met, one can't be any more, or the time is over; gives how each then stands. What can't
 * be looked at has failed, and says why. Throws CANCELLED alone.
 */
export async function awaitConditions(access: ChangeAccess, conditions: readonly Condition[], options: AwaitOptions): Promise<ConditionState[]> {
  const states = conditions.map((condition): ConditionState => ({ condition, state: 'waiting', message: 'Not looked at yet.' }));
  const settled = new AbortController();
  const signal = AbortSignal.any([options.signal, settled.signal]);
  const keep = (index: number, verdict: Verdict) => {
    const { condition } = states[index] ?? {};
    if (condition === undefined) return;
    states[index] = { condition, ...verdict };
    options.onState(index, states[index]);
  };
  const all = Promise.all(
    conditions.map(async (condition, index) => {
      const { state } = await follow(access, condition, { ...options, signal }, (verdict) => keep(index, verdict));
      if (state !== 'met') settled.abort(); // It can't become true as a whole any more.
    }),
  );
  const late = options.clock.sleep(options.timeoutSeconds * 1000, signal).then(
    () => settled.abort(),
    () => undefined,
  );
  try {
    await all;
  } finally {
    settled.abort();
    await late;
  }
  options.signal.throwIfAborted();
  await closeLate(access, states, keep, options);
  return states;
}

/** Those that still wait are late; of a rollout it is told which pods it waits for. */
async function closeLate(
  access: ChangeAccess,
  states: readonly ConditionState[],
  keep: (index: number, verdict: Verdict) => void,
  options: AwaitOptions,
): Promise<void> {
  if (states.some(({ state }) => state === 'failed')) return;
  for (const [index, { condition, state, message }] of states.entries()) {
    if (state !== 'waiting') continue;
    const pods = condition.type === 'rolloutComplete' ? await unreadyPods(access, condition.target, options.signal) : '';
    keep(index, { state: 'timedOut', message: `${message} ${pods}`.trim() });
  }
}

async function unreadyPods(access: ChangeAccess, target: ObjectRef, signal: AbortSignal): Promise<string> {
  try {
    const { kind, selection } = await podsOf(access, target, signal);
    const { items } = await listAll(access, kind, { ...selection, signal });
    return podsText(items.filter((pod) => isKind(pod, 'Pod') && pod.metadata.deletionTimestamp === undefined && !isReady(pod)));
  } catch {
    signal.throwIfAborted();
    return ''; // Only a further word on what is known already.
  }
}

type FollowOptions = Pick<AwaitOptions, 'since' | 'issues' | 'clock' | 'signal'>;

/** Gives the last verdict; `waiting` where the signal ended it. */
async function follow(access: ChangeAccess, condition: Condition, options: FollowOptions, tell: (verdict: Verdict) => void): Promise<Verdict> {
  const { issues, signal } = options;
  let last: Verdict = { state: 'waiting', message: '' };
  const keep = (verdict: Verdict) => {
    if (verdict.state !== last.state || verdict.message !== last.message) tell(verdict);
    last = verdict;
  };
  try {
    if (condition.type === 'issueGone') await followIssue(condition.issue, issues, signal, keep);
    else await followObjects(access, condition, options, keep);
  } catch (thrown) {
    if (signal.aborted) return last;
    keep({ state: 'failed', message: `This could not be looked at: ${toAppError(thrown).message}` });
  }
  return last;
}

async function followIssue(issue: string, issues: IssueWatch | null, signal: AbortSignal, tell: (verdict: Verdict) => void): Promise<void> {
  if (issues === null) throw new AppError('UNSUPPORTED', 'nothing diagnoses this cluster here');
  for await (const { open, message } of issues.follow(issue, signal)) {
    tell({ state: open ? 'waiting' : 'met', message });
    if (!open) return;
  }
}

async function followObjects(access: ChangeAccess, condition: ObjectCondition, options: FollowOptions, tell: (verdict: Verdict) => void): Promise<void> {
  const { clock, signal } = options;
  let late: string | null | undefined;
  const { kind, selection } = await objectsFor(access, condition, signal);
  const objects = new SelectedObjects(access, kind, selection, clock);
  try {
    while (true) {
      const changed = objects.nextChange(signal);
      changed.catch(() => undefined); // Nobody waits for it where the following ends before.
      const known = objects.now();
      const all = known === null ? null : [...known.values()];
      // What a rollout was late with before the change says nothing of it.
      if (all !== null && late === undefined) late = lateSince(all[0]);
      const verdict = all === null ? null : judgeCondition(condition, all, { ...options.since, late });
      if (verdict !== null) tell(verdict);
      if (verdict !== null && verdict.state !== 'waiting') return;
      await changed;
    }
  } finally {
    await objects.close();
  }
}

interface Followed {
  kind: ResourceKind;
  selection: Selection;
}

/** The objects by which a condition is judged. Throws NOT_FOUND, and VALIDATION_ERROR for what has no pods. */
async function objectsFor(access: ChangeAccess, condition: ObjectCondition, signal: AbortSignal): Promise<Followed> {
  const { type, target } = condition;
  if (type === 'podsReady') return podsOf(access, target, signal);
  const place = target.namespace === null ? {} : { namespace: target.namespace };
  if (type === 'endpointsReady') {
    const kind = builtIn(await access.kinds(signal), 'EndpointSlice');
    return { kind, selection: { ...place, labelSelector: `kubernetes.io/service-name=${target.name}` } };
  }
  return { kind: await servedKind(access, target, signal), selection: { ...place, fieldSelector: `metadata.name=${target.name}` } };
}

async function podsOf(access: ChangeAccess, { apiVersion, kind, namespace, name }: ObjectRef, signal: AbortSignal): Promise<Followed> {
  const group = groupOf(apiVersion);
  const typed = group === '' ? kind : `${kind}.${group}`;
  const { labelSelector, fieldSelector } = await podQuery(access, { namespace: namespace ?? '', kind: typed, name }, signal);
  const selection = { ...(namespace === null ? {} : { namespace }), ...(labelSelector === undefined ? {} : { labelSelector }) };
  return { kind: builtIn(await access.kinds(signal), 'Pod'), selection: { ...selection, ...(fieldSelector === undefined ? {} : { fieldSelector }) } };
}

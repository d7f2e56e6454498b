import { type Condition, type ConditionState, isKind, type KubeObject, podStatus, refLabel } from '@quarterdeck/contract';
import { rolloutStatus } from '../change/rollout/rollout-status.ts';
import { isReady } from './blast-radius.ts';

export type ObjectCondition = Exclude<Condition, { type: 'issueGone' }>;
export type Verdict = Pick<ConditionState, 'state' | 'message'>;

/** What is known of the moment from which a condition counts. */
export interface Since {
  /** The generation that the change made: what is older says nothing of it. */
  generation?: number | undefined;
  /** The object that has to go; one of the same name that comes in its place is another. */
  uid?: string | undefined;
  /** Since when the rollout was late already when somebody began to look: see `lateSince`. */
  late?: string | null | undefined;
}

const met = (message: string): Verdict => ({ state: 'met', message });
const waiting = (message: string): Verdict => ({ state: 'waiting', message });
const failed = (message: string): Verdict => ({ state: 'failed', message });

/** How it stands with a condition, from the objects that it is about: see `objectsFor`. Pure. */
export function judgeCondition(condition: ObjectCondition, objects: readonly KubeObject[], since: Since): Verdict {
  const label = refLabel(condition.target);
  const [object] = objects;
  switch (condition.type) {
    case 'exists':
      return object === undefined ? waiting(`${label} is not there yet.`) : met(`${label} is there.`);
    case 'gone':
      return objects.every(({ metadata }) => since.uid !== undefined && metadata.uid !== since.uid)
        ? met(`${label} is gone.`)
        : waiting(goingOf(object, label));
    case 'rolloutComplete':
      return object === undefined ? failed(`There is no ${label}.`) : rollout(object, since);
    case 'jobComplete':
      return object === undefined ? waiting(`${label} is not there yet.`) : job(object, label);
    case 'podsReady':
      return podsReady(objects, condition.atLeast);
    case 'endpointsReady':
      return endpoints(objects, label);
  }
}

function goingOf(object: KubeObject | undefined, label: string): string {
  const held = object?.metadata.finalizers ?? [];
  if (object?.metadata.deletionTimestamp === undefined) return `${label} is still there.`;
  return `${label} is ending${held.length === 0 ? '' : `; ${held.join(', ')} hold it`}.`;
}

/** Since when a Deployment has exceeded its deadline; null where it has not. It goes on saying so until a new rollout moves. */
export function lateSince(object: KubeObject | undefined): string | null {
  if (object === undefined || !isKind(object, 'Deployment')) return null;
  const late = object.status?.conditions?.find(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded');
  return late === undefined ? null : String(late.lastUpdateTime ?? '');
}

function rollout(object: KubeObject, { generation, late = null }: Since): Verdict {
  if ((object.metadata.generation ?? 0) < (generation ?? 0)) return waiting('Waiting for the change to be seen.');
  const { state, message, reason } = rolloutStatus(object);
  if (state === 'done') return met(message);
  const said = reason === null ? message : `${message} (${reason})`;
  if (state === 'failed' && late !== null && lateSince(object) === late) return waiting(`It was late before; waiting for it to move. ${said}`);
  return state === 'failed' ? failed(said) : waiting(state === 'paused' ? `The rollout is paused. ${said}` : said);
}

function job(object: KubeObject, label: string): Verdict {
  if (!isKind(object, 'Job')) return failed(`${label} is no Job.`);
  const { conditions = [], active = 0, failed: failures = 0 } = object.status ?? {};
  const now = (type: string) => conditions.find((condition) => condition.type === type && condition.status === 'True');
  if (now('Complete') !== undefined) return met(`${label} is complete.`);
  const failure = now('Failed');
  if (failure !== undefined) return failed(`${label} failed: ${failure.message ?? failure.reason ?? 'no reason is given'}`);
  return waiting(`${label} has ${active} active pods and ${failures} failed ones.`);
}

function podsReady(objects: readonly KubeObject[], atLeast: number): Verdict {
  const pods = objects.filter((object) => isKind(object, 'Pod')).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const late = pods.filter((pod) => !isReady(pod));
  const count = `${pods.length - late.length} of ${Math.max(pods.length, atLeast)} pods are ready.`;
  if (late.length === 0 && pods.length >= atLeast) return met(count);
  return waiting(`${count} ${podsText(late)}`.trim());
}

/** What keeps pods from being ready, one word each. */
export function podsText(pods: readonly KubeObject[]): string {
  const words = pods.flatMap((pod) => (isKind(pod, 'Pod') ? [`${pod.metadata.name}: ${podStatus(pod).text}`] : []));
  return words.length === 0 ? '' : `${words.slice(0, 3).join(', ')}${words.length > 3 ? ` and ${words.length - 3} more` : ''}.`;
}

function endpoints(objects: readonly KubeObject[], label: string): Verdict {
  const all = objects.flatMap((object) => (isKind(object, 'EndpointSlice') ? (object.endpoints ?? []) : []));
  const ready = all.filter(({ conditions }) => conditions?.ready !== false);
  if (ready.length > 0) return met(`${label} has ${ready.length} ready endpoint${ready.length === 1 ? '' : 's'}.`);
  return waiting(`${label} has no ready endpoint${all.length === 0 ? '' : ` (${all.length} not ready)`}.`);
}

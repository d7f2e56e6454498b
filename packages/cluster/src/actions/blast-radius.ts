import { type BlastRadius, type Impact, type KindTypes, type KubeObject, refLabel, refOf } from '@quarterdeck/contract';
import { selects } from '../change/drain/label-selector.ts';
import type { PodsFate } from './fate-of-pods.ts';

type Pod = KindTypes['Pod'];
type Service = KindTypes['Service'];

/** What there is around the target of a change. */
export interface Surroundings {
  /** The pods that belong to it. */
  pods: readonly Pod[];
  /** All others in its namespace that a Service may lead to as well. */
  others: readonly Pod[];
  services: readonly Service[];
  ingresses: readonly KindTypes['Ingress'][];
  budgets: readonly KindTypes['PodDisruptionBudget'][];
  autoscalers: readonly KindTypes['HorizontalPodAutoscaler'][];
  notSeen: readonly string[];
}

export interface Reach {
  /** The target before and after; null where it is not there. */
  before: KubeObject | null;
  after: KubeObject | null;
  fate: PodsFate;
  /** Whether a budget can refuse it: an eviction asks, a deletion does not. */
  asksBudgets: boolean;
  impact: { level: Impact; note: string };
}

const someAtMost = 20;

/** What a change reaches beyond its object. Pure. */
export function blastRadius(reach: Reach, around: Surroundings): BlastRadius {
  const pods = around.pods.filter(isAlive);
  const ready = pods.filter(isReady);
  const { fate, count } = reach.fate;
  const affected = fate === 'none' ? 0 : fate === 'started' ? (count ?? 0) : Math.min(count ?? pods.length, pods.length);
  const traffic = affected === 0 ? [] : trafficOf(reach, around, affected);
  const budgets = affected === 0 || fate === 'started' || fate === 'detached' ? [] : budgetsOf(around, pods, reach.asksBudgets);
  const autoscalers = around.autoscalers.map((object) => ({
    object: refOf(object),
    note: `It sets the number of pods itself, from ${object.spec?.minReplicas ?? 1} to ${object.spec?.maxReplicas ?? '?'}.`,
  }));
  const judged = judge({ fate, affected, ready: ready.length, traffic, budgets, impact: reach.impact });
  return {
    ...judged,
    pods: { fate, count: affected, ready: ready.length, some: fate === 'none' || fate === 'started' ? [] : pods.slice(0, someAtMost).map(refOf) },
    budgets,
    traffic,
    autoscalers,
    notSeen: [...around.notSeen],
  };
}

interface Judged extends Pick<BlastRadius, 'traffic' | 'budgets'> {
  fate: BlastRadius['pods']['fate'];
  affected: number;
  ready: number;
  impact: { level: Impact; note: string };
}

function judge({ fate, affected, ready, traffic, budgets, impact }: Judged): Pick<BlastRadius, 'level' | 'note'> {
  const dark = traffic.find(({ readyNow, readyAtLeast }) => readyNow > 0 && readyAtLeast === 0);
  if (dark !== undefined) return { level: 'high', note: `${refLabel(dark.object)} has no ready pod left for a time.` };
  const blocking = budgets.find(({ blocks }) => blocks);
  if (blocking !== undefined) return { level: 'high', note: `${refLabel(blocking.budget)} does not allow it now.` };
  if (affected === 0) return impact;
  const pods = `${affected} pod${affected === 1 ? '' : 's'}`;
  if (fate === 'started') return { level: 'low', note: `${pods} more.` };
  if (fate === 'detached') return { level: traffic.length === 0 ? 'low' : 'medium', note: `${pods} run on and are not led to any more.` };
  if (ready === 0) return { level: worse(impact.level, 'low'), note: `${pods} ${fate}; none of them is ready now.` };
  return { level: worse(impact.level, 'medium'), note: `${pods} ${fate}, ${ready} of them ready now.` };
}

/** A destructive change stays one where nothing is ready; a rollout of what is broken is none. */
function worse(impact: Impact, least: Impact): Impact {
  return impact === 'high' ? 'high' : least;
}

function trafficOf(reach: Reach, around: Surroundings, affected: number): BlastRadius['traffic'] {
  const services = around.services.flatMap((service) => {
    const entry = serviceEntry(service, reach, around, affected);
    return entry === null ? [] : [entry];
  });
  const behind = around.ingresses.flatMap((ingress) => {
    const hit = services.find(({ object }) => backendsOf(ingress).has(object.name));
    return hit === undefined ? [] : [{ ...hit, object: refOf(ingress), note: `It leads to Service ${hit.object.name}.` }];
  });
  return [...services, ...behind];
}

/** Null for a Service that loses nothing. */
function serviceEntry(service: Service, reach: Reach, around: Surroundings, affected: number): BlastRadius['traffic'][number] | null {
  const { fate } = reach.fate;
  const selector = service.spec?.selector ?? {};
  const led = (pod: Pod) => matches(selector, pod) && isAlive(pod) && isReady(pod);
  const own = around.pods.filter(led).length;
  if (fate === 'started' || fate === 'none') return null;
  if (fate === 'detached') return reach.before !== null && service.metadata.name === reach.before.metadata.name ? detached(service, reach, around) : null;
  if (own === 0) return null;
  const readyNow = own + around.others.filter(led).length;
  const lost = fate === 'replaced' ? Math.min(own, atOnce(reach.after ?? reach.before, own)) : Math.min(own, affected);
  if (lost === 0) return null;
  const readyAtLeast = readyNow - lost;
  const how = fate === 'replaced' ? 'while the pods are replaced' : 'afterwards';
  return { object: refOf(service), readyNow, readyAtLeast, note: `${readyAtLeast} of its ${readyNow} ready pods answer ${how}.` };
}

function detached(service: Service, { before, after }: Reach, { pods, others }: Surroundings): BlastRadius['traffic'][number] {
  const all = [...pods, ...others].filter((pod) => isAlive(pod) && isReady(pod));
  const count = (object: KubeObject | null) => all.filter((pod) => matches(selectorOf(object), pod)).length;
  const [readyNow, readyAtLeast] = [count(before), count(after)];
  return { object: refOf(service), readyNow, readyAtLeast, note: `It leads to ${readyAtLeast} ready pods instead of ${readyNow}.` };
}

function selectorOf(object: KubeObject | null): Record<string, string> {
  return object?.kind === 'Service' && 'spec' in object && isRecord(object.spec) && isTexts(object.spec.selector) ? object.spec.selector : {};
}

/** An empty selector leads to nothing that Kubernetes looks for. */
function matches(selector: Readonly<Record<string, string>>, { metadata }: Pod): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => metadata.labels?.[key] === value);
}

/** How many ready pods a rollout takes away at a time. Source: the defaults of apps/v1. */
function atOnce(workload: KubeObject | null, ready: number): number {
  const spec = workload !== null && 'spec' in workload && isRecord(workload.spec) ? workload.spec : {};
  if (workload?.kind === 'StatefulSet') return 1;
  const strategy = isRecord(spec.strategy) ? spec.strategy : isRecord(spec.updateStrategy) ? spec.updateStrategy : {};
  if (strategy.type === 'Recreate') return ready;
  const rolling = isRecord(strategy.rollingUpdate) ? strategy.rollingUpdate : {};
  const wanted = typeof spec.replicas === 'number' ? spec.replicas : ready;
  return shareOf(rolling.maxUnavailable ?? (workload?.kind === 'DaemonSet' ? 1 : '25%'), wanted);
}

/** Percentages of pods that may be away are rounded down. */
function shareOf(value: unknown, of: number): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.endsWith('%') ? Math.floor((Number.parseInt(value, 10) / 100) * of) : 0;
}

function budgetsOf({ budgets }: Surroundings, pods: readonly Pod[], asks: boolean): BlastRadius['budgets'] {
  return budgets.flatMap((budget) => {
    const covered = pods.filter((pod) => selects(budget.spec?.selector, pod.metadata.labels ?? {})).length;
    if (covered === 0) return [];
    const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0 } = budget.status ?? {};
    const blocks = asks && disruptionsAllowed === 0;
    const health = `${currentHealthy} healthy, ${desiredHealthy} needed`;
    const note = asks
      ? `It allows ${disruptionsAllowed === 0 ? 'no disruption' : `${disruptionsAllowed} at a time`} now (${health}).`
      : `It does not hold this up: only evictions ask it (${health}).`;
    return [{ budget: refOf(budget), pods: covered, disruptionsAllowed, blocks, note }];
  });
}

function backendsOf({ spec }: KindTypes['Ingress']): Set<string> {
  const paths = (spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
  const names = [spec?.defaultBackend, ...paths.map(({ backend }) => backend)].map((backend) => backend?.service?.name);
  return new Set(names.filter((name) => name !== undefined));
}

function isAlive({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

export function isReady({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((member) => typeof member === 'string');
}

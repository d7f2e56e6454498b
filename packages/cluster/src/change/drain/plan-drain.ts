import { type DrainOptions, type DrainPlan, type KindTypes, refOf } from '@quarterdeck/contract';
import { selects } from './label-selector.ts';

type Pod = KindTypes['Pod'];
type Budget = KindTypes['PodDisruptionBudget'];

export interface DrainInput {
  node: string;
  cordoned: boolean;
  /** Those on the node that the pod selector picks. */
  pods: readonly Pod[];
  /** Of the namespaces of these pods. */
  budgets: readonly Budget[];
  options: DrainOptions;
}

type Verdict =
  | { evict: string[] }
  | { skip: DrainPlan['skip'][number]['reason']; note: string }
  | { refused: DrainPlan['refused'][number]['reason']; note: string };

/** What a drain does with each pod, by kubectl's rules. Pure. Source: kubectl, pkg/drain/filters.go. */
export function planDrain({ node, cordoned, pods, budgets, options }: DrainInput): DrainPlan {
  const plan: DrainPlan = { node, cordoned, evict: [], skip: [], refused: [], budgets: [] };
  const evicted: Pod[] = [];
  for (const pod of pods) {
    const verdict = judge(pod, options);
    if ('evict' in verdict) {
      evicted.push(pod);
      plan.evict.push({ pod: refOf(pod), uid: pod.metadata.uid ?? '', owner: ownerLabel(pod), notes: verdict.evict });
    } else if ('skip' in verdict) plan.skip.push({ pod: refOf(pod), reason: verdict.skip, note: verdict.note });
    else plan.refused.push({ pod: refOf(pod), reason: verdict.refused, note: verdict.note });
  }
  plan.budgets = budgets.map((budget) => judgeBudget(budget, evicted, budgets)).filter((entry) => entry.pods.length > 0);
  return plan;
}

function judge(pod: Pod, options: DrainOptions): Verdict {
  const { annotations = {}, deletionTimestamp } = pod.metadata;
  if (annotations['kubernetes.io/config.mirror'] !== undefined) return { skip: 'mirror', note: 'A static pod: the kubelet runs it from a file of the node.' };
  const finished = isFinished(pod);
  const notes = [...(finished ? ['It has finished.'] : []), ...(deletionTimestamp === undefined ? [] : ['It is ending already.'])];
  return finished ? { evict: notes } : judgeRunning(pod, options, notes);
}

function judgeRunning(pod: Pod, options: DrainOptions, notes: string[]): Verdict {
  const owner = controllerOf(pod);
  if (owner?.kind === 'DaemonSet') {
    const note = `DaemonSet ${owner.name} would start it again at once.`;
    return options.ignoreDaemonSets ? { skip: 'daemonSet', note } : { refused: 'daemonSet', note: `${note} Ignore DaemonSets to go on.` };
  }
  const local = localVolumes(pod);
  if (local.length > 0) {
    const note = `The data in its emptyDir ${local.length === 1 ? 'volume' : 'volumes'} ${local.join(', ')} is lost.`;
    if (!options.deleteEmptyDirData) return { refused: 'localData', note: `${note} Allow that to go on.` };
    notes.push(note);
  }
  if (owner === null) {
    const note = 'No controller owns it: nothing makes it anew.';
    if (!options.force) return { refused: 'unmanaged', note: `${note} Force it to go on.` };
    notes.push(note);
  }
  return { evict: notes };
}

function judgeBudget(budget: Budget, evicted: readonly Pod[], all: readonly Budget[]): DrainPlan['budgets'][number] {
  const pods = evicted.filter((pod) => covers(budget, pod));
  const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0 } = budget.status ?? {};
  const twice = pods.find((pod) => all.filter((other) => covers(other, pod)).length > 1);
  const health = `${currentHealthy} healthy, ${desiredHealthy} needed`;
  const note =
    twice !== undefined
      ? `Pod ${twice.metadata.name} is under more than one budget: the API server refuses to evict it.`
      : disruptionsAllowed === 0
        ? `It allows no disruption now (${health}): evictions wait until it does.`
        : `It allows ${disruptionsAllowed} at a time (${health}).`;
  return {
    budget: refOf(budget),
    pods: pods.map(refOf),
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    blocks: twice !== undefined || disruptionsAllowed === 0,
    note,
  };
}

/** Pods that have finished or are ending disturb no budget. */
function covers(budget: Budget, pod: Pod): boolean {
  const { namespace, labels = {}, deletionTimestamp } = pod.metadata;
  if (budget.metadata.namespace !== namespace || isFinished(pod) || deletionTimestamp !== undefined) return false;
  return selects(budget.spec?.selector, labels);
}

function isFinished({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

function controllerOf({ metadata }: Pod): { kind: string; name: string } | null {
  return metadata.ownerReferences?.find(({ controller }) => controller === true) ?? null;
}

function ownerLabel(pod: Pod): string | null {
  const owner = controllerOf(pod);
  return owner === null ? null : `${owner.kind} ${owner.name}`;
}

function localVolumes({ spec }: Pod): string[] {
  return (spec?.volumes ?? []).filter(({ emptyDir }) => emptyDir != null).map(({ name }) => name);
}

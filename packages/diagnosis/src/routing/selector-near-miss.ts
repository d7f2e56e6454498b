import { type KindTypes, type ObjectRef, refKey, refOf, sameRef } from '@quarterdeck/contract';
import { nearMiss } from '../pods/near-name.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** A selector's label that the pods do not carry as it asks; `carried` is null where they do not have it at all. */
export interface LabelDifference {
  key: string;
  wanted: string;
  carried: string | null;
}

/** The workload (or lone pod) that a Service most probably means, and what keeps its selector from matching. */
export interface SelectorNearMiss {
  target: ObjectRef;
  differences: LabelDifference[];
}

type Labels = Readonly<Record<string, string>>;

interface Candidate {
  ref: ObjectRef;
  labels: Labels;
}

/** An object that picks pods of its namespace by labels. */
interface Picker {
  name: string;
  namespace: string;
  labels: Labels;
}

type Service = KindTypes['Service'];

function* candidates(view: ClusterView, namespace: string): Iterable<Candidate> {
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
    for (const workload of view.list(kind, namespace)) yield { ref: refOf(workload), labels: workload.spec?.template.metadata?.labels ?? {} };
  }
  for (const pod of view.list('Pod', namespace)) {
    const ref = refOf(pod);
    if (sameRef(view.topOwner(ref), ref)) yield { ref, labels: pod.metadata.labels ?? {} };
  }
}

/** Workloads whose pods the selector would match, whether there are any pods now or not. */
export function selectedWorkloads(view: ClusterView, service: Service): ObjectRef[] {
  return workloadsMatching(view, service.spec?.selector ?? {}, service.metadata.namespace ?? '');
}

export function workloadsMatching(view: ClusterView, selector: Labels, namespace: string): ObjectRef[] {
  const matching = [...candidates(view, namespace)].filter(({ labels }) => Object.entries(selector).every(([key, value]) => labels[key] === value));
  return matching.map(({ ref }) => ref);
}

/** The workload of a Service's own name, or of one that is almost so; null where none is. */
export function workloadMeantBy(service: Service, view: ClusterView): { ref: ObjectRef; labels: Readonly<Record<string, string>> } | null {
  const all = [...candidates(view, service.metadata.namespace ?? '')];
  const near = nearMiss(
    service.metadata.name,
    all.map(({ ref }) => ref.name),
  );
  return all.find(({ ref }) => ref.name === service.metadata.name) ?? all.find(({ ref }) => ref.name === near) ?? null;
}

function differencesTo(selector: Labels, labels: Labels): LabelDifference[] {
  return Object.entries(selector).flatMap(([key, wanted]) => (labels[key] === wanted ? [] : [{ key, wanted, carried: labels[key] ?? null }]));
}

/** How much speaks for a candidate: the same name most, then labels that agree, then the value that comes nearest. */
function weight(picker: Picker, candidate: Candidate, differences: LabelDifference[], valuesOf: (key: string) => readonly string[]): number {
  const agreeing = Object.keys(picker.labels).length - differences.length;
  const near = differences.filter(({ key, wanted, carried }) => carried !== null && nearMiss(wanted, valuesOf(key)) === carried).length;
  const named = candidate.ref.name === picker.name ? 4 : nearMiss(candidate.ref.name, [picker.name]) !== null ? 2 : 0;
  return named + 2 * agreeing + 1.5 * near;
}

/** What a selector that matches no pod was probably meant to match; null where nothing is near, or two things equally. */
export function selectorNearMiss(view: ClusterView, service: Service): SelectorNearMiss | null {
  return labelsNearMiss(view, { name: service.metadata.name, namespace: service.metadata.namespace ?? '', labels: service.spec?.selector ?? {} });
}

export function labelsNearMiss(view: ClusterView, picker: Picker): SelectorNearMiss | null {
  const all = [...candidates(view, picker.namespace)];
  const valuesOf = (key: string) => all.flatMap(({ labels }) => labels[key] ?? []);
  const ranked = all
    .map((candidate) => ({ candidate, differences: differencesTo(picker.labels, candidate.labels) }))
    .map(({ candidate, differences }) => ({ target: candidate.ref, differences, weight: weight(picker, candidate, differences, valuesOf) }))
    .filter((entry) => entry.weight > 0 && entry.differences.length > 0)
    .sort((a, b) => b.weight - a.weight || (refKey(a.target) < refKey(b.target) ? -1 : 1));
  const [best, next] = ranked;
  if (best === undefined || best.weight === next?.weight) return null;
  return { target: best.target, differences: best.differences };
}

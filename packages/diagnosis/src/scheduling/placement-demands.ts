import type { PodAffinityTerm, PodSpec } from 'kubernetes-types/core/v1.js';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import { selectorMatches } from '../graph/label-selector.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * What a pod specification demands that stands behind the scheduler's reasons, in words with the exact values: host
 * ports, affinities, spread. `pods` are the labels of the pods of its namespace.
 */
export function demandsBehind(spec: PodSpec, clauses: ReadonlySet<string>, pods: readonly Labels[]): string[] {
  return [
    ...(clauses.has('host-port') ? hostPorts(spec) : []),
    ...(clauses.has('pod-anti-affinity') ? terms(spec, 'podAntiAffinity').map((term) => `that ${termText(term)}`) : []),
    ...(clauses.has('pod-affinity')
      ? terms(spec, 'podAffinity').map((term) => `a pod with ${labelsOf(term)} on the same ${term.topologyKey}${whoIsThere(term, pods)}`)
      : []),
    ...(clauses.has('topology-spread') ? spreads(spec) : []),
  ];
}

function hostPorts(spec: PodSpec): string[] {
  const ports = (spec.containers ?? []).flatMap((container) => container.ports ?? []);
  return ports.flatMap(({ hostPort }) => (hostPort === undefined ? [] : [`host port ${hostPort}, which only one pod a node can have`]));
}

function terms(spec: PodSpec, kind: 'podAffinity' | 'podAntiAffinity'): PodAffinityTerm[] {
  return spec.affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

/** What a required anti-affinity term says. */
export function termText(term: PodAffinityTerm): string {
  return `no pod with ${labelsOf(term)} shares their ${term.topologyKey}`;
}

/** The labels that a term of pod affinity asks for, in words. */
export function labelsOf({ labelSelector }: { labelSelector?: LabelSelector }): string {
  const equal = Object.entries(labelSelector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const other = (labelSelector?.matchExpressions ?? []).map(({ key, operator, values }) => `${key} ${operator} ${(values ?? []).join(', ')}`.trim());
  return [...equal, ...other].join(', ') || 'any labels';
}

function whoIsThere(term: PodAffinityTerm, pods: readonly Labels[]): string {
  const elsewhere = term.namespaces !== undefined || term.namespaceSelector !== undefined;
  if (elsewhere || term.labelSelector === undefined) return '';
  const selector = term.labelSelector;
  return pods.some((labels) => selectorMatches(selector, labels)) ? '' : ', and no pod of the namespace has these labels';
}

function spreads(spec: PodSpec): string[] {
  const hard = (spec.topologySpreadConstraints ?? []).filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
  return hard.map(({ topologyKey, maxSkew }) => `to be spread over nodes by the label ${topologyKey} (maxSkew ${maxSkew})`);
}

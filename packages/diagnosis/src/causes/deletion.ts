import { groupOf, type ObjectRef, refLabel } from '@quarterdeck/contract';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { Facts, IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { evidence } from '../pods/evidence.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, listed, upstream } from './explain.ts';

export type FinalizerFacts = { finalizers: readonly string[]; owner: string | null };

const finalizerHolds: Mechanism<FinalizerFacts> = {
  id: 'finalizer-holds',
  title: (facts, object) =>
    `${facts.finalizers.length === 1 ? 'Finalizer' : 'Finalizers'} ${listed(facts.finalizers)} of ${object.kind} ${object.name} ${facts.finalizers.length === 1 ? 'is' : 'are'} never removed`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} was deleted, but ${facts.finalizers.length === 1 ? 'finalizer' : 'finalizers'} ${listed(facts.finalizers)} still ${facts.finalizers.length === 1 ? 'holds' : 'hold'} it; ${
      facts.owner === null ? 'nothing that would remove it is seen in the cluster' : `${facts.owner} should remove it`
    }.`,
};

export type InUseFacts = { claim: string; users: readonly string[] };

const claimInUse: Mechanism<InUseFacts> = {
  id: 'claim-deleted-while-used',
  title: (_facts, object) => `PersistentVolumeClaim ${object.name} was deleted while pods use it`,
  sentence: (facts, object) =>
    `PersistentVolumeClaim ${object.name} was deleted, but ${listed(facts.users)} still ${facts.users.length === 1 ? 'uses' : 'use'} it: it goes when ${facts.users.length === 1 ? 'it does' : 'they do'}.`,
};

export type ContentFacts = { remaining: string | null; finalizers: readonly string[] };

const contentRemains: Mechanism<ContentFacts> = {
  id: 'namespace-content-remains',
  title: (_facts, object) => `Namespace ${object.name} cannot be emptied`,
  sentence: (facts, object) =>
    `Namespace ${object.name} stays in Terminating: ${facts.remaining ?? 'some content remains'}${facts.finalizers.length === 0 ? '' : ` (finalizers ${listed(facts.finalizers)})`}. The objects are of a kind that was not read here.`,
};

export type DiscoveryFacts = { api: string; message: string };

const apiUnavailable: Mechanism<DiscoveryFacts> = {
  id: 'api-service-unavailable',
  title: (facts) => `API ${facts.api} does not answer`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} (API ${facts.api}) does not answer, so the API server cannot tell what a namespace that is being deleted still holds: ${facts.message}.`,
};

const rule = 'deletion';

export const deletionRule = defineRule({
  id: rule,
  explains: ['object-stuck-deleting', 'namespace-stuck-terminating'],
  mechanisms: [finalizerHolds, claimInUse, contentRemains, apiUnavailable],
  *explain(finding, view) {
    if (finding.code === 'object-stuck-deleting') yield heldObject(finding, view);
    else yield* namespaceExplanations(finding, view);
  },
});

function textsOf(facts: Facts, key: string): string[] {
  const value = facts[key];
  return Array.isArray(value) ? value.map(String) : [];
}

function heldObject(finding: IdentifiedFinding, view: RuleView): Explanation {
  const finalizers = textsOf(finding.facts, 'finalizers');
  const object = finding.object;
  const users = view.incoming(object, 'mounts').filter(({ from }) => from.kind === 'Pod' && view.find(from) !== undefined);
  if (finalizers.includes('kubernetes.io/pvc-protection') && users.length > 0) {
    const facts: InUseFacts = { claim: object.name, users: users.map(({ from }) => refLabel({ ...from, namespace: null })) };
    return ending(finding, { object, mechanism: claimInUse.id, facts }, { rule, strength: 'certain', evidence: finding.evidence });
  }
  const facts: FinalizerFacts = { finalizers, owner: ownerOf(finalizers, view) };
  return ending(finding, { object, mechanism: finalizerHolds.id, facts }, { rule, strength: 'certain', evidence: finding.evidence });
}

const generic = new Set(['example', 'test', 'com', 'org', 'net', 'io', 'dev', 'k8s', 'kubernetes', 'www']);

/** A workload whose name shares a telling word with the finalizer's domain; a controller can't be found more surely. */
function ownerOf(finalizers: readonly string[], view: RuleView): string | null {
  const words = new Set(finalizers.flatMap((name) => (name.split('/')[0] ?? '').split(/[.-]/)).filter((word) => word.length > 3 && !generic.has(word)));
  for (const kind of ['Deployment', 'StatefulSet'] as const) {
    const found = view.list(kind).find(({ metadata }) => metadata.deletionTimestamp === undefined && metadata.name.split('-').some((part) => words.has(part)));
    if (found !== undefined) return `${kind} ${found.metadata.namespace}/${found.metadata.name}`;
  }
  return null;
}

function* namespaceExplanations(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const finalizers = textsOf(finding.facts, 'finalizers');
  const held = view
    .findingsOf('object-stuck-deleting')
    .filter(({ object, facts }) => object.namespace === finding.object.name && holdsOne(textsOf(facts, 'finalizers'), finalizers));
  for (const cause of held) {
    const [via] = view.incoming(cause.object, 'contains').filter(({ from }) => from.name === finding.object.name);
    yield upstream(finding, cause, { rule, strength: 'certain', via: via ?? null });
  }
  const api = unavailableApi(typeof finding.facts.failure === 'string' ? finding.facts.failure : '');
  if (api !== null) {
    const facts: DiscoveryFacts = { api: api.name, message: String(finding.facts.failure) };
    const seen = [evidence({ source: 'status', object: finding.object, path: 'status.conditions', value: facts.message, text: facts.message, decisive: true })];
    yield ending(finding, { object: api, mechanism: apiUnavailable.id, facts }, { rule, strength: 'likely', evidence: seen });
  }
  if (held.length > 0 || api !== null) return;
  const remaining = typeof finding.facts.remaining === 'string' ? finding.facts.remaining : null;
  yield ending(
    finding,
    { object: finding.object, mechanism: contentRemains.id, facts: { remaining, finalizers } },
    { rule, strength: 'likely', evidence: finding.evidence },
  );
}

function holdsOne(own: readonly string[], named: readonly string[]): boolean {
  return named.length === 0 || own.some((name) => named.includes(name));
}

/** `metrics.k8s.io/v1beta1: …` in the text of a failed discovery names the APIService `v1beta1.metrics.k8s.io`. */
function unavailableApi(failure: string): ObjectRef | null {
  const match = /([a-z0-9.-]+\.[a-z0-9.-]+\/v\d+(?:(?:alpha|beta)\d+)?)(?:[:,\s]|$)/.exec(failure);
  const groupVersion = match?.[1];
  if (groupVersion === undefined) return null;
  const version = groupVersion.slice(groupVersion.indexOf('/') + 1);
  return { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', namespace: null, name: `${version}.${groupOf(groupVersion)}` };
}

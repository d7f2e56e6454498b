import { groupOf, type ObjectRef, pluralOf, refLabel, refOf } from '@quarterdeck/contract';
import { stateOfController } from '../custom/controllers.ts';
import { type FinalizerController, finalizerController, mayWrite } from '../finalizers/finalizer-controller.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { Facts, IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import type { RuleView } from '../view/rule-view.ts';
import { denialMechanisms, explainDenial } from './denied-request.ts';
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

export type HolderFacts = { held: string; finalizers: readonly string[] };

const holderAtZero: Mechanism<HolderFacts> = {
  id: 'finalizer-controller-at-zero',
  title: (facts, object) => `${object.kind} ${object.name}, which takes away ${listed(facts.finalizers)}, is scaled to zero`,
  sentence: (facts, object) =>
    `${facts.held} was deleted and waits for ${listed(facts.finalizers)}, which ${object.kind} ${object.name} should take away; it has spec.replicas 0.`,
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
  mechanisms: [finalizerHolds, holderAtZero, claimInUse, contentRemains, apiUnavailable, ...denialMechanisms],
  *explain(finding, view) {
    if (finding.code === 'object-stuck-deleting') yield* heldObject(finding, view);
    else yield* namespaceExplanations(finding, view);
  },
});

function textsOf(facts: Facts, key: string): string[] {
  const value = facts[key];
  return Array.isArray(value) ? value.map(String) : [];
}

function* heldObject(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const finalizers = textsOf(finding.facts, 'finalizers');
  const object = finding.object;
  const users = view.incoming(object, 'mounts').filter(({ from }) => from.kind === 'Pod' && view.find(from) !== undefined);
  if (finalizers.includes('kubernetes.io/pvc-protection') && users.length > 0) {
    const facts: InUseFacts = { claim: object.name, users: users.map(({ from }) => refLabel({ ...from, namespace: null })) };
    yield ending(finding, { object, mechanism: claimInUse.id, facts }, { rule, strength: 'certain', evidence: finding.evidence });
    return;
  }
  const controller = finalizerController(finalizers, view);
  const faults = controller === null ? [] : [...controllerFaults(finding, controller, finalizers, view)];
  yield* faults;
  const facts: FinalizerFacts = { finalizers, owner: controller === null ? null : refLabel(refOf(controller.workload)) };
  const strength = faults.length === 0 ? 'certain' : 'possible';
  yield ending(finding, { object, mechanism: finalizerHolds.id, facts }, { rule, strength, evidence: finding.evidence });
}

/** Why the controller that should take the finalizer away does not: it does not run, or may not write the object. */
function* controllerFaults(
  finding: IdentifiedFinding,
  { workload, named }: FinalizerController,
  finalizers: readonly string[],
  view: RuleView,
): Iterable<Explanation> {
  const { ref, state } = stateOfController(workload);
  const strength = named ? 'certain' : 'likely';
  if (state === 'scaledToZero') {
    const facts: HolderFacts = { held: refLabel({ ...finding.object, namespace: null }), finalizers };
    const seen = [fieldEvidence(ref, 'spec.replicas', 0, { decisive: true }), ...finding.evidence];
    yield ending(finding, { object: ref, mechanism: holderAtZero.id, facts }, { rule, strength, evidence: seen });
    return;
  }
  const suspects = [ref, ...view.podsOf(ref).map((pod) => refOf(pod))];
  const own = suspects.flatMap((suspect) => view.findingsOn(suspect));
  for (const cause of own) yield upstream(finding, cause, { rule, strength });
  const request = { resource: pluralOf(finding.object.kind), group: groupOf(finding.object.apiVersion), namespace: finding.object.namespace };
  if (state !== 'running' || own.length > 0 || mayWrite(workload, request, view) !== false) return;
  const account = { namespace: workload.metadata.namespace ?? '', name: workload.spec?.template.spec?.serviceAccountName ?? 'default' };
  yield explainDenial({ rule, finding, workload: ref, account, request: { ...request, verb: 'patch' }, seen: finding.evidence }, view);
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

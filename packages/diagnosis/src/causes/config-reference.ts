import { type ObjectRef, refTo, sameRef } from '@quarterdeck/contract';
import type { Volume } from 'kubernetes-types/core/v1.js';
import { containerConfigError, containerNotStarting } from '../analysers/container-waiting.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { defineRule } from '../model/rule.ts';
import type { Pod } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { type MissingReference, missingReferenceIn } from '../pods/missing-reference.ts';
import { nearMiss } from '../pods/near-name.ts';
import { type Workload, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'config-reference';

export type MissingObjectFacts = { referrer: string; path: string | null; elsewhere: string | null };

export const referenceMissing = defineMechanism<MissingObjectFacts>({
  id: 'reference-missing',
  title: (_facts, object) => `${object.kind} ${object.name} does not exist`,
  sentence: (facts, object) =>
    `${facts.referrer} refers to ${object.kind} ${object.name}${facts.path === null ? '' : ` (${facts.path})`}, which does not exist in namespace ${object.namespace}.` +
    `${facts.elsewhere === null ? '' : ` One of that name exists in namespace ${facts.elsewhere}.`}`,
});

export type MisspeltFacts = { kind: string; name: string; meant: string; path: string | null };

export const referenceMisspelt = defineMechanism<MisspeltFacts>({
  id: 'reference-misspelt',
  title: (facts) => `Reference to ${facts.kind} ${facts.name} is misspelt`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} refers to ${facts.kind} ${facts.name}${facts.path === null ? '' : ` (${facts.path})`}, which does not exist; ${facts.kind} ${facts.meant} does.`,
});

export type MissingKeyFacts = { key: string; keys: readonly string[]; referrer: string; path: string | null };

export const keyMissing = defineMechanism<MissingKeyFacts>({
  id: 'key-missing',
  title: (facts, object) => `${object.kind} ${object.name} has no key ${facts.key}`,
  sentence: (facts, object) =>
    `${facts.referrer} reads key ${facts.key} of ${object.kind} ${object.name}, which is missing there; it has ${facts.keys.length === 0 ? 'no keys' : facts.keys.join(', ')}.`,
});

export type MisspeltKeyFacts = { kind: string; name: string; key: string; meant: string; path: string | null };

export const keyMisspelt = defineMechanism<MisspeltKeyFacts>({
  id: 'key-misspelt',
  title: (facts) => `Key ${facts.key} of ${facts.kind} ${facts.name} is misspelt`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} reads key ${facts.key} of ${facts.kind} ${facts.name}, which is not found there; it has ${facts.meant}.`,
});

export const runsAsRoot = defineMechanism<{ container: string; message: string }>({
  id: 'run-as-non-root',
  title: (facts) => `runAsNonRoot contradicts the image of ${facts.container}`,
  sentence: (facts, object) => `${object.kind} ${object.name} demands runAsNonRoot, but container ${facts.container} would run as root: ${facts.message}.`,
});

export const configReferenceRule = defineRule({
  id,
  explains: [containerConfigError.code, containerNotStarting.code],
  mechanisms: [referenceMissing, referenceMisspelt, keyMissing, keyMisspelt, runsAsRoot],
  *explain(finding, view): Iterable<Explanation> {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const message = stringFact(finding.facts, 'message') ?? '';
    if (pod === undefined) return;
    const workload = workloadOf(pod, view);
    if (/runAsNonRoot|non-numeric user/.test(message)) {
      const facts = { container: finding.discriminator, message };
      yield endsAt({ rule: id, finding, mechanism: runsAsRoot, object: workload.ref, facts, strength: 'certain', via: ownedBy(finding.object, view) });
      return;
    }
    const missing = missingReferenceIn(message);
    const name = missing === null ? null : (missing.name ?? nameOfVolume(pod, missing));
    if (missing === null || name === null) return;
    const reference: Reference = { target: refTo(missing.kind, finding.object.namespace, name), kind: missing.kind, workload, finding };
    yield missing.key === null ? explainObject(reference, view) : explainKey(reference, missing.key, view);
  },
});

interface Reference {
  target: ObjectRef;
  kind: 'ConfigMap' | 'Secret';
  workload: Workload;
  finding: IdentifiedFinding;
}

function nameOfVolume(pod: Pod, missing: MissingReference): string | null {
  const volume = pod.spec?.volumes?.find((candidate) => candidate.name === missing.volume);
  const own = missing.kind === 'Secret' ? volume?.secret?.secretName : volume?.configMap?.name;
  return own ?? projectedWith(volume, missing) ?? null;
}

/** Of several sources in one volume, that which asks for the key. */
function projectedWith(volume: Volume | undefined, { kind, key }: MissingReference): string | undefined {
  const sources = (volume?.projected?.sources ?? []).map(({ configMap, secret }) => (kind === 'Secret' ? secret : configMap));
  return sources.find((source) => source?.items?.some((item) => item.key === key))?.name;
}

function explainObject({ target, kind, workload, finding }: Reference, view: RuleView): Explanation {
  const edge = edgeTo(target, workload.ref, view) ?? edgeTo(target, finding.object, view);
  const path = edge?.path ?? null;
  const meant = nearMiss(target.name, candidates(kind, target.namespace, view));
  const absent = absenceEvidence(target, `${kind} ${target.name} does not exist in namespace ${target.namespace}`);
  if (meant !== null) {
    const facts = { kind, name: target.name, meant, path };
    const seen = fieldEvidence(workload.ref, path ?? workload.path, target.name, { decisive: true });
    return endsAt({
      rule: id,
      finding,
      mechanism: referenceMisspelt,
      object: workload.ref,
      facts,
      strength: 'certain',
      via: ownedBy(finding.object, view),
      evidence: [seen, absent],
    });
  }
  const elsewhere = view.list(kind).find((object) => object.metadata.name === target.name && object.metadata.namespace !== target.namespace);
  const facts = { referrer: `${workload.ref.kind} ${workload.ref.name}`, path, elsewhere: elsewhere?.metadata.namespace ?? null };
  return endsAt({ rule: id, finding, mechanism: referenceMissing, object: target, exists: false, facts, strength: 'certain', via: edge, evidence: [absent] });
}

function explainKey({ target, kind, workload, finding }: Reference, key: string, view: RuleView): Explanation {
  const edge = edgeTo(target, workload.ref, view, key) ?? edgeTo(target, finding.object, view, key);
  const path = edge?.path ?? null;
  const object = view.get(kind, target.namespace, target.name);
  const keys = Object.keys({ ...object?.data, ...(object !== undefined && 'binaryData' in object ? object.binaryData : {}) });
  const meant = nearMiss(key, keys);
  if (meant !== null) {
    const facts = { kind, name: target.name, key, meant, path };
    const seen = fieldEvidence(workload.ref, path ?? workload.path, key, { decisive: true });
    return endsAt({
      rule: id,
      finding,
      mechanism: keyMisspelt,
      object: workload.ref,
      facts,
      strength: 'certain',
      via: ownedBy(finding.object, view),
      evidence: [seen],
    });
  }
  const facts = { key, keys: keys.toSorted(), referrer: `${workload.ref.kind} ${workload.ref.name}`, path };
  return endsAt({
    rule: id,
    finding,
    mechanism: keyMissing,
    object: target,
    facts,
    strength: 'certain',
    via: edge,
    evidence: [absenceEvidence(target, `Key ${key} is not in ${kind} ${target.name}`)],
  });
}

function edgeTo(target: ObjectRef, from: ObjectRef, view: RuleView, key?: string): Relation | null {
  const edges = [...view.outgoing(from, 'reads'), ...view.outgoing(from, 'mounts')].filter((edge) => sameRef(edge.to, target));
  return edges.find((edge) => key !== undefined && edge.detail.key === key) ?? edges.find((edge) => edge.detail.optional !== true) ?? null;
}

/** What a person could have meant: not what the cluster makes for itself. */
function candidates(kind: 'ConfigMap' | 'Secret', namespace: string | null, view: RuleView): string[] {
  const made = /^(?:kube-root-ca\.crt|openshift-service-ca\.crt|sh\.helm\.release\.)/;
  return view.list(kind, namespace ?? undefined).flatMap((object) => (made.test(object.metadata.name) ? [] : [object.metadata.name]));
}

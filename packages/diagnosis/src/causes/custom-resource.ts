import { groupOf, type ObjectRef, refKey, refLabel } from '@quarterdeck/contract';
import { customBehind, customFailed, customNotReady, customRefused, customUndecided, customUntouched, customWarned } from '../analysers/custom-codes.ts';
import { type CustomReferenceFacts, customReferenceMissing } from '../analysers/custom-reference.ts';
import { descendantsOf } from '../custom/children.ts';
import { isRefusal } from '../custom/forbidden.ts';
import { viewLookup } from '../custom/kind-lookup.ts';
import { missingByMessage } from '../custom/message-references.ts';
import type { Explanation, Strength } from '../model/explanation.ts';
import type { Facts, IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, stringFact, upstream } from './explain.ts';

/** What a custom resource shows of itself. */
export const customSymptoms: readonly string[] = [
  customRefused.code,
  customWarned.code,
  customNotReady.code,
  customUndecided.code,
  customFailed.code,
  customBehind.code,
  customUntouched.code,
];
/** Those in which its operator has spoken. */
export const customVerdicts: readonly string[] = [customRefused.code, customWarned.code, customNotReady.code, customUndecided.code, customFailed.code];

export type MissingFacts = { referrer: string; path: string | null; message: string };

export const customReferenceAbsent = defineMechanism<MissingFacts>({
  id: 'custom-reference-missing',
  title: (_facts, object) => `${object.kind} ${object.name} does not exist`,
  sentence: ({ referrer, path, message }, object) =>
    `${referrer} refers to ${object.kind} ${object.name}${path === null ? '' : ` (${path})`}, which does not exist${object.namespace === null ? '' : ` in namespace ${object.namespace}`}.${message === '' ? '' : ` Its operator says: ${message}`}`,
});

export type MisspeltFacts = { path: string; kind: string; name: string; meant: string | null; existing: readonly string[] };

export const customReferenceMisspelt = defineMechanism<MisspeltFacts>({
  id: 'custom-reference-misspelt',
  title: ({ kind, name }, object) => `${object.kind} ${object.name} refers to ${kind} ${name}, which does not exist`,
  sentence: ({ path, kind, name, meant, existing }, object) =>
    `${object.kind} ${object.name} names ${kind} ${name} in ${path}, which does not exist; ${meant !== null ? `there is ${meant}` : existing.length === 0 ? `the cluster has no ${kind}` : `there is ${existing.join(', ')}`}.`,
});

/** A resource that is not well because of what it refers to. */
export const customReferenceRule = defineRule({
  id: 'custom-reference',
  explains: [...customSymptoms, customReferenceMissing.code],
  mechanisms: [customReferenceAbsent, customReferenceMisspelt],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === customReferenceMissing.code) {
      if (isReferenceFacts(finding.facts)) yield missing(finding, finding.facts, view);
      return;
    }
    const found = view.findingsOn(finding.object, customReferenceMissing.code);
    for (const cause of found) yield upstream(finding, cause, { rule: 'custom-reference', strength: isTelling(cause.facts) ? 'certain' : 'likely' });
    if (found.length === 0) yield* missingInWords(finding, view);
  },
});

function isReferenceFacts(facts: Facts): facts is CustomReferenceFacts {
  return typeof facts.path === 'string' && typeof facts.kind === 'string' && typeof facts.name === 'string' && typeof facts.apiVersion === 'string';
}

/** Classes are made by who runs the cluster: whoever asks for one that is not there asks for the wrong one. */
const classes: readonly string[] = ['StorageClass', 'IngressClass', 'PriorityClass'];

/** The operator names it, or it is of a kind that nobody names without needing it. */
function isTelling({ named, kind, apiVersion }: Facts): boolean {
  return named === true || classes.includes(String(kind)) || groupOf(String(apiVersion)).includes('.');
}

function missing(finding: IdentifiedFinding, facts: CustomReferenceFacts, view: RuleView): Explanation {
  const { path, kind, name } = facts;
  const target: ObjectRef = { apiVersion: facts.apiVersion, kind, namespace: facts.namespace, name };
  const existing = namesOf(target, view);
  const meant = nearMiss(name, existing);
  const strength = isTelling(facts) ? 'certain' : 'likely';
  if (path.startsWith('spec') && (meant !== null || classes.includes(kind))) {
    const ended: MisspeltFacts = { path, kind, name, meant, existing: existing.slice(0, 5) };
    return endsAt({
      rule: 'custom-reference',
      finding,
      mechanism: customReferenceMisspelt,
      object: finding.object,
      facts: ended,
      strength,
      evidence: finding.evidence,
    });
  }
  const ended: MissingFacts = { referrer: refLabel({ ...finding.object, namespace: null }), path: path.startsWith('spec') ? path : null, message: '' };
  const [via = null] = view.outgoing(finding.object, 'refers').filter(({ to }) => refKey(to) === refKey(target));
  return endsAt({
    rule: 'custom-reference',
    finding,
    mechanism: customReferenceAbsent,
    object: target,
    exists: false,
    facts: ended,
    strength,
    via,
    evidence: finding.evidence,
  });
}

function namesOf(target: ObjectRef, view: RuleView): string[] {
  const namespace = target.namespace ?? undefined;
  const objects = isTyped(target.kind) ? view.list(target.kind, namespace) : view.listCustom(groupOf(target.apiVersion), target.kind, namespace);
  return objects.map(({ metadata }) => metadata.name);
}

function isTyped(
  kind: string,
): kind is 'Secret' | 'ConfigMap' | 'StorageClass' | 'ServiceAccount' | 'PersistentVolumeClaim' | 'IngressClass' | 'PriorityClass' | 'Service' | 'Deployment' {
  return ['Secret', 'ConfigMap', 'StorageClass', 'ServiceAccount', 'PersistentVolumeClaim', 'IngressClass', 'PriorityClass', 'Service', 'Deployment'].includes(
    kind,
  );
}

/** The operator's own words name what is not there, and it is not. */
function* missingInWords(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const message = stringFact(finding.facts, 'message') ?? '';
  for (const target of missingByMessage(message, finding.object.namespace, viewLookup(view))) {
    if (!view.isMissing(target)) continue;
    const facts: MissingFacts = { referrer: refLabel({ ...finding.object, namespace: null }), path: null, message };
    const seen = [...finding.evidence, absenceEvidence(target, `${refLabel(target)} does not exist`)];
    yield endsAt({
      rule: 'custom-reference',
      finding,
      mechanism: customReferenceAbsent,
      object: target,
      exists: false,
      facts,
      strength: 'certain',
      evidence: seen,
    });
  }
}

/** A resource is as ill as what it made, and as what it refers to. */
export const customNeighbourRule = defineRule({
  id: 'custom-neighbour',
  explains: customSymptoms,
  mechanisms: [],
  *explain(finding, view): Iterable<Explanation> {
    for (const { cause, via } of neighbourFindings(finding, view)) yield upstream(finding, cause, { rule: 'custom-neighbour', strength: 'likely', via });
  },
});

/** What does not keep anything from running. */
const besides = /^(pdb-|hpa-at-maximum|workload-rollout-paused|container-log-errors|certificate-expiring)/;

/** Findings on what a resource owns and what it refers to. */
export function* neighbourFindings(finding: IdentifiedFinding, view: RuleView): Iterable<{ cause: IdentifiedFinding; via: Relation }> {
  const referred = view.outgoing(finding.object, 'refers').filter(({ path }) => !/\bclaimRef\b/.test(path));
  for (const via of [...descendantsOf(finding.object, view), ...referred]) {
    for (const cause of view.findingsOn(via.to)) if (cause.severity !== 'low' && !besides.test(cause.code)) yield { cause, via };
  }
}

export type VerdictFacts = { condition: string; reason: string; message: string };

export const customFault = defineMechanism<VerdictFacts>({
  id: 'custom-resource-fault',
  title: ({ reason, condition }, object) => `${object.kind} ${object.name}: ${reason === '' ? condition : reason}`,
  sentence: ({ condition, reason, message }, object) =>
    `${object.kind} ${object.name}: ${condition}${reason === '' ? '' : ` (${reason})`}${message === '' ? '; its operator says no more' : `. Its operator says: ${message}`}${/[.!]$/.test(message) ? '' : '.'}`,
});

/** Where nothing in the cluster explains it, the operator's own words do. */
export const customVerdictRule = defineRule({
  id: 'custom-verdict',
  explains: customVerdicts,
  mechanisms: [customFault],
  *explain(finding, view): Iterable<Explanation> {
    const message = stringFact(finding.facts, 'message') ?? '';
    const facts: VerdictFacts = {
      condition: stringFact(finding.facts, 'condition') ?? stringFact(finding.facts, 'state') ?? 'it is not well',
      reason: stringFact(finding.facts, 'reason') ?? '',
      message,
    };
    for (const _ of neighbourFindings(finding, view)) return;
    const strength = verdictStrength(finding, message, view);
    yield endsAt({ rule: 'custom-verdict', finding, mechanism: customFault, object: finding.object, facts, strength, evidence: finding.evidence });
  },
});

/** Still under way: the words may be of a wait, not of a fault. */
const waiting = /^(Pending|Progressing|Reconciling|Waiting|Creating|Updating|InProgress|Initializing|Provisioning|DependencyNotReady)/i;

/** What the operator says is taken at its word, unless it points elsewhere: at what it lacks or what it was refused. */
function verdictStrength(finding: IdentifiedFinding, message: string, view: RuleView): Strength {
  const pointsElsewhere =
    view.findingsOn(finding.object, customReferenceMissing.code).length > 0 ||
    isRefusal(message) ||
    missingByMessage(message, finding.object.namespace, viewLookup(view)).some((ref) => view.isMissing(ref));
  if (message === '' || pointsElsewhere) return 'possible';
  return waiting.test(stringFact(finding.facts, 'reason') ?? '') || finding.code === customUndecided.code ? 'likely' : 'certain';
}

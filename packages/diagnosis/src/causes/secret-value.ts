import type { SecretValueShape } from '@quarterdeck/cluster';
import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { credentialUses, shapeOf } from '../pods/credential-uses.ts';
import { evidence, fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'secret-value';

export type ValueFacts = { consumer: string; variable: string; key: string; line: string };

export const valueEmpty = defineMechanism<ValueFacts>({
  id: 'configured-value-empty',
  title: (facts, object) => `Key ${facts.key} of ${object.kind} ${object.name} is empty`,
  sentence: (facts, object) =>
    `${facts.consumer} takes ${facts.variable} from key ${facts.key} of ${object.kind} ${object.name}, which holds an empty value: ${facts.line}`,
});

export const valuePadded = defineMechanism<ValueFacts>({
  id: 'secret-value-padded',
  title: (facts, object) => `Key ${facts.key} of Secret ${object.name} has white space around it`,
  sentence: (facts, object) =>
    `${facts.consumer} is refused with ${facts.variable} from key ${facts.key} of Secret ${object.name}, whose value begins or ends with white space (often a line end that echo without -n put there): ${facts.line}`,
});

/** Values that cannot be right, whoever checks them: empty ones, and credentials with white space around them. */
export const secretValueRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [valueEmpty, valuePadded],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    const missing = symptomFacts(finding, symptom, 'env-missing', view)[0];
    const refused = symptomFacts(finding, symptom, 'auth-failed', view)[0];
    if (missing !== undefined) yield* emptyVariable({ finding, symptom, said: missing, line: missing.line }, missing.claim.name, view);
    if (refused !== undefined) yield* oddCredentials({ finding, symptom, said: refused, line: refused.line }, view);
  },
});

interface Case {
  finding: IdentifiedFinding;
  symptom: LogSymptom;
  said: Parameters<typeof logEvidence>[2];
  line: string;
}

function* emptyVariable(one: Case, variable: string, view: RuleView): Iterable<Explanation> {
  const entry = one.symptom.container.spec.env?.find(({ name }) => name === variable);
  const { configMapKeyRef, secretKeyRef } = entry?.valueFrom ?? {};
  const namespace = one.symptom.workload.ref.namespace;
  if (configMapKeyRef?.name !== undefined) {
    const held = view.get('ConfigMap', namespace, configMapKeyRef.name)?.data?.[configMapKeyRef.key];
    if (held?.trim() === '') yield empty(one, refTo('ConfigMap', namespace, configMapKeyRef.name), { variable, key: configMapKeyRef.key });
  } else if (secretKeyRef?.name !== undefined) {
    const secret = refTo('Secret', namespace, secretKeyRef.name);
    if (shapeOf({ secret, key: secretKeyRef.key }, view)?.length === 0) yield empty(one, secret, { variable, key: secretKeyRef.key });
  }
}

function* oddCredentials(one: Case, view: RuleView): Iterable<Explanation> {
  for (const { secret, key, variable, container } of credentialUses(one.symptom.workload, view)) {
    const shape = container === one.symptom.log.container ? shapeOf({ secret, key }, view) : null;
    if (shape === null) continue;
    if (shape.length === 0) yield empty(one, secret, { variable, key });
    else if (isPadded(shape)) yield padded(one, secret, { variable, key });
  }
}

function isPadded({ fingerprint, trimmedFingerprint }: SecretValueShape): boolean {
  return fingerprint !== trimmedFingerprint;
}

interface Use {
  variable: string;
  key: string;
}

function empty(one: Case, object: ObjectRef, use: Use): Explanation {
  const seen = fieldEvidence(object, `data["${use.key}"]`, '(empty)', { decisive: true });
  return endsAt({ ...common(one, object), mechanism: valueEmpty, facts: factsOf(one, use), strength: 'certain', evidence: [said(one), seen] });
}

function padded(one: Case, object: ObjectRef, use: Use): Explanation {
  const text = `Key ${use.key} of Secret ${object.name} has white space around its value`;
  const seen = evidence({ source: 'secretShape', object, path: `data["${use.key}"]`, text, value: use.key, decisive: true });
  return endsAt({ ...common(one, object), mechanism: valuePadded, facts: factsOf(one, use), strength: 'likely', evidence: [said(one), seen] });
}

function common({ finding }: Case, object: ObjectRef) {
  return { rule: id, finding, object };
}

function factsOf({ symptom, line }: Case, use: Use): ValueFacts {
  const { ref } = symptom.workload;
  return { consumer: `Container ${symptom.log.container} of ${ref.kind} ${ref.name}`, ...use, line };
}

function said({ symptom, said: fact }: Case) {
  return logEvidence(podRef(symptom.log.pod), symptom.log.container, fact, { decisive: true });
}

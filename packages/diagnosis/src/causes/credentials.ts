import { type ObjectRef, refKey, refOf, sameRef } from '@quarterdeck/contract';
import type { Explanation, Strength } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { defineRule } from '../model/rule.ts';
import { configuredCalls, failedCalls, workloadsBehind } from '../pods/called-services.ts';
import { type CredentialUse, compareShapes, credentialUses, type ShapeRelation, shapeOf } from '../pods/credential-uses.ts';
import { evidence, logEvidence, timeOf } from '../pods/evidence.ts';
import { podRef, workloadAt } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'credentials';

/** `odd` is the Secret whose value is wrong, `right` the one that holds what the server expects. */
export type CredentialFacts = {
  difference: ShapeRelation;
  client: string;
  server: string;
  oddKey: string;
  rightSecret: string;
  rightKey: string;
  referencePath: string | null;
  line: string;
};

const differences: Record<ShapeRelation, string> = {
  equal: 'is equal to',
  'double-encoded': 'is base64-encoded twice: it is the base64 text of',
  'white-space': 'has white space around it and so does not match',
  different: 'does not match',
};

export const credentialsDiffer = defineMechanism<CredentialFacts>({
  id: 'credentials-differ',
  title: (facts, object) =>
    facts.difference === 'double-encoded'
      ? `Secret ${object.name} holds a value that is base64-encoded twice`
      : `Secret ${object.name} does not match what ${facts.server} expects`,
  sentence: (facts, object) =>
    `${facts.server} refuses the credentials of ${facts.client}. Key ${facts.oddKey} of Secret ${object.name} ${differences[facts.difference]} key ${facts.rightKey} of Secret ${facts.rightSecret}, which the other side uses.`,
});

export const credentialsStale = defineMechanism<{ secret: string; changedAt: string; server: string }>({
  id: 'credentials-stale',
  title: (facts) => `Secret ${facts.secret} changed after the pods started`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} still runs with what Secret ${facts.secret} held before ${facts.changedAt}; ${facts.server} expects the new value.`,
});

export const credentialsRefused = defineMechanism<{ container: string; server: string; line: string }>({
  id: 'credentials-refused',
  title: (facts) => `${facts.server} refuses the credentials`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} is refused by ${facts.server}: wrong user or password. Log: ${facts.line}`,
});

export const credentialsRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [credentialsDiffer, credentialsStale, credentialsRefused],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const fact = symptom === null ? undefined : symptomFacts(finding, symptom, 'auth-failed', view)[0];
    if (symptom === null || fact === undefined) return;
    const said = [logEvidence(podRef(symptom.log.pod), symptom.log.container, fact, { decisive: true })];
    const one: Case = { finding, symptom, line: fact.line, said };
    for (const via of serversOf(symptom, view)) yield* compareWith(one, via, view);
    const facts = { container: symptom.log.container, server: fact.claim.server ?? 'the server', line: fact.line };
    yield endsAt({
      rule: id,
      finding,
      mechanism: credentialsRefused,
      object: symptom.workload.ref,
      facts,
      strength: 'possible',
      via: ownedBy(finding.object, view),
      evidence: said,
    });
  },
});

interface Case {
  finding: IdentifiedFinding;
  symptom: LogSymptom;
  line: string;
  said: Explanation['evidence'];
}

/** Services that the pod calls, by its log or its configuration. */
function serversOf({ log }: LogSymptom, view: RuleView): Relation[] {
  const named = failedCalls(log.reading.facts, log.pod, view).flatMap(({ target, port }): Relation[] =>
    target === null ? [] : [{ type: 'calls', from: podRef(log.pod), to: target, path: 'log', detail: port === null ? {} : { port } }],
  );
  const all = [...configuredCalls(log.pod, view), ...named];
  return all.filter((edge, index) => all.findIndex((other) => refKey(other.to) === refKey(edge.to)) === index);
}

interface Pair {
  client: CredentialUse;
  server: CredentialUse;
  relation: ShapeRelation;
  reverse: ShapeRelation;
}

function* compareWith(one: Case, via: Relation, view: RuleView): Iterable<Explanation> {
  for (const behind of workloadsBehind(via.to, view)) {
    const server = workloadAt(behind, view);
    if (server === null || sameRef(server.ref, one.symptom.workload.ref)) continue;
    const clientUses = credentialUses(one.symptom.workload, view).filter((use) => use.container === one.symptom.log.container);
    const pairs = clientUses.flatMap((client) => credentialUses(server, view).flatMap((use) => pairOf(client, use, view)));
    const equal = pairs.find((pair) => pair.relation === 'equal');
    const best = pairs.toSorted((a, b) => rank(a) - rank(b))[0];
    if (equal !== undefined) yield* stale(one, equal.client.secret, server.ref, via, view);
    else if (best !== undefined) yield differ(one, best, server.ref, via, view);
  }
}

function pairOf(client: CredentialUse, server: CredentialUse, view: RuleView): Pair[] {
  const [own, expected] = [shapeOf(client, view), shapeOf(server, view)];
  return own === null || expected === null ? [] : [{ client, server, relation: compareShapes(own, expected), reverse: compareShapes(expected, own) }];
}

/** Exact relations before a mere difference; of those, variables of the same name first. */
function rank({ relation, reverse, client, server }: Pair): number {
  const exact = relation === 'double-encoded' || reverse === 'double-encoded' ? 0 : relation === 'white-space' ? 1 : 2;
  return exact * 10 + (client.variable === server.variable ? 0 : client.key === server.key ? 1 : 2);
}

function differ(one: Case, pair: Pair, server: ObjectRef, via: Relation, view: RuleView): Explanation {
  const serverIsOdd = serverOdd(pair, view);
  const [odd, right] = serverIsOdd ? [pair.server, pair.client] : [pair.client, pair.server];
  const difference = serverIsOdd ? pair.reverse : pair.relation;
  const facts = {
    difference,
    client: label(one.symptom.workload.ref),
    server: label(server),
    oddKey: odd.key,
    rightSecret: right.secret.name,
    rightKey: right.key,
    referencePath: serverIsOdd ? null : odd.path,
    line: one.line,
  };
  const text = `Key ${odd.key} of Secret ${odd.secret.name} ${differences[difference]} key ${right.key} of Secret ${right.secret.name} (compared by fingerprint)`;
  const compared = evidence({ source: 'secretShape', object: odd.secret, path: `data["${odd.key}"]`, text, value: odd.key, decisive: true });
  const strength: Strength = difference === 'different' ? 'likely' : 'certain';
  return endsAt({ rule: id, finding: one.finding, mechanism: credentialsDiffer, object: odd.secret, facts, strength, via, evidence: [...one.said, compared] });
}

/** The value that is malformed is the odd one; else the one whose Secret was written last, the client's where that does not decide. */
function serverOdd(pair: Pair, view: RuleView): boolean {
  if (pair.relation === 'double-encoded') return false;
  if (pair.reverse === 'double-encoded') return true;
  if (pair.relation === 'white-space') {
    const shape = shapeOf(pair.server, view);
    return shape !== null && shape.fingerprint !== shape.trimmedFingerprint;
  }
  return writtenAt(pair.server.secret, view) - writtenAt(pair.client.secret, view) > 60_000;
}

function writtenAt(secret: ObjectRef, view: RuleView): number {
  const metadata = view.find(secret)?.metadata;
  const times = [metadata?.creationTimestamp, ...(metadata?.managedFields ?? []).map((entry) => entry.time)].map((time) => timeOf(time) ?? 0);
  return Math.max(0, ...times);
}

/** Both sides read the same value now; the side that started before it was written still has the old one. */
function* stale(one: Case, secret: ObjectRef, server: ObjectRef, via: Relation, view: RuleView): Iterable<Explanation> {
  const changed = writtenAt(secret, view);
  const sides = [one.symptom.workload.ref, server];
  for (const side of sides) {
    const started = view.podsOf(side).map((pod) => timeOf(pod.status?.startTime) ?? Infinity);
    if (started.length === 0 || Math.min(...started) >= changed) continue;
    const facts = { secret: secret.name, changedAt: new Date(changed).toISOString(), server: label(server) };
    yield endsAt({
      rule: id,
      finding: one.finding,
      mechanism: credentialsStale,
      object: side,
      facts,
      strength: 'likely',
      via: sameRef(side, server) ? via : ownedBy(refOf(one.symptom.log.pod), view),
      evidence: one.said,
    });
  }
}

function label(ref: ObjectRef): string {
  return `${ref.kind} ${ref.name}`;
}

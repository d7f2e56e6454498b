import type { LogFact, LogKind } from '../logs/log-fact.ts';
import { isClaim } from '../logs/log-fact.ts';
import type { Explanation, Mechanism, Strength } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { logEvidence } from '../pods/evidence.ts';
import { podRef, type RolloutFacts, rolloutClause, rolloutFacts } from '../pods/workload.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'application';

export type ApplicationFacts = RolloutFacts & { container: string; subject: string; detail: string | null; line: string };

type Wording = (facts: ApplicationFacts, owner: string) => string;

function mechanism(name: string, title: (facts: ApplicationFacts) => string, sentence: Wording): Mechanism<ApplicationFacts> {
  return defineMechanism<ApplicationFacts>({
    id: name,
    title,
    sentence: (facts, object) => `${sentence(facts, `Container ${facts.container} of ${object.kind} ${object.name}`)}${rolloutClause(facts)}`,
  });
}

const unhandledException = mechanism(
  'unhandled-exception',
  (facts) => `The program fails with ${facts.subject}`,
  (facts, owner) => `${owner} fails in its own code: ${facts.line}${facts.detail === null ? '' : ` (at ${facts.detail})`}. Nothing in the cluster explains it.`,
);
const moduleMissing = mechanism(
  'module-missing',
  (facts) => `Module ${facts.subject} is missing in the image`,
  (facts, owner) => `${owner} cannot load ${facts.subject}, which is not in its image: ${facts.line}.`,
);
const wrongArchitecture = mechanism(
  'wrong-architecture',
  () => 'The image is built for another CPU architecture',
  (facts, owner) => `${owner} has a program for another CPU architecture: ${facts.line}.`,
);
const permissionDenied = mechanism(
  'permission-denied',
  (facts) => `Permission denied: ${facts.subject}`,
  (facts, owner) => `${owner} may not use ${facts.subject} as the user it runs as: ${facts.line}.`,
);
const readOnlyFileSystem = mechanism(
  'read-only-file-system',
  (facts) => `Read-only file system: ${facts.subject}`,
  (facts, owner) => `${owner} writes to ${facts.subject}, which is read-only: ${facts.line}.`,
);
const addressInUse = mechanism(
  'address-in-use',
  (facts) => `Port ${facts.subject} is already in use`,
  (facts, owner) => `${owner} cannot listen on port ${facts.subject}, which another process of its pod or node holds: ${facts.line}.`,
);
const runtimeOutOfMemory = mechanism(
  'runtime-out-of-memory',
  (facts) => `The ${facts.subject} runtime runs out of memory`,
  (facts, owner) => `${owner} runs out of the memory that its own runtime allows: ${facts.line}.`,
);
const fileMissing = mechanism(
  'file-missing',
  (facts) => `File ${facts.subject} is missing`,
  (facts, owner) => `${owner} needs the file ${facts.subject}, which is neither in its image nor mounted: ${facts.line}.`,
);
const schemaMissing = mechanism(
  'schema-missing',
  (facts) => `Database object ${facts.subject} does not exist`,
  (facts, owner) => `${owner} asks its database for ${facts.subject}, which does not exist there: ${facts.line}.`,
);
const diskFull = mechanism(
  'disk-full',
  (facts) => `No space left: ${facts.subject}`,
  (facts, owner) => `${owner} cannot write, there is no space left on ${facts.subject}: ${facts.line}.`,
);

interface Reading {
  mechanism: Mechanism<ApplicationFacts>;
  strength: Strength;
  subject: string;
  detail: string | null;
}

const kinds: readonly LogKind[] = [
  'module-missing',
  'exec-format',
  'address-in-use',
  'out-of-memory',
  'schema',
  'disk-full',
  'read-only',
  'permission-denied',
  'file-missing',
  'exception',
];

export const applicationRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [
    unhandledException,
    moduleMissing,
    wrongArchitecture,
    permissionDenied,
    readOnlyFileSystem,
    addressInUse,
    runtimeOutOfMemory,
    fileMissing,
    schemaMissing,
    diskFull,
  ],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    const fact = kinds.flatMap((kind): LogFact[] => symptomFacts(finding, symptom, kind, view))[0];
    const reading = fact === undefined ? null : read(fact);
    if (fact === undefined || reading === null) return;
    const { log, workload } = symptom;
    const facts = { container: log.container, subject: reading.subject, detail: reading.detail, line: fact.line, ...rolloutFacts(log.pod, view) };
    const evidence = [logEvidence(podRef(log.pod), log.container, fact, { decisive: true })];
    yield endsAt({
      rule: id,
      finding,
      mechanism: reading.mechanism,
      object: workload.ref,
      facts,
      strength: reading.strength,
      via: ownedBy(finding.object, view),
      evidence,
    });
  },
});

function read(fact: LogFact): Reading | null {
  const likely = (mechanism: Mechanism<ApplicationFacts>, subject: string, detail: string | null = null): Reading => ({
    mechanism,
    strength: 'likely',
    subject,
    detail,
  });
  if (isClaim(fact, 'exception')) return likely(unhandledException, fact.claim.type, fact.claim.place);
  if (isClaim(fact, 'module-missing')) return likely(moduleMissing, fact.claim.module);
  if (isClaim(fact, 'exec-format')) return likely(wrongArchitecture, 'exec format error');
  if (isClaim(fact, 'permission-denied')) return likely(permissionDenied, fact.claim.path ?? 'what it needs');
  if (isClaim(fact, 'read-only')) return likely(readOnlyFileSystem, fact.claim.path ?? 'its root file system');
  if (isClaim(fact, 'address-in-use')) return likely(addressInUse, fact.claim.port === null ? 'it needs' : String(fact.claim.port));
  if (isClaim(fact, 'out-of-memory')) return likely(runtimeOutOfMemory, fact.claim.runtime);
  if (isClaim(fact, 'file-missing')) return likely(fileMissing, fact.claim.path);
  if (isClaim(fact, 'schema')) return likely(schemaMissing, fact.claim.object);
  return isClaim(fact, 'disk-full') ? likely(diskFull, fact.claim.path ?? 'its volume') : null;
}

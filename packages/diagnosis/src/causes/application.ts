import { refLabel } from '@quarterdeck/contract';
import type { ClaimOf, LogFact, LogKind } from '../logs/log-fact.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { isLive, type Pod } from '../pods/containers.ts';
import { logEvidence } from '../pods/evidence.ts';
import { podRef, type RolloutFacts, rolloutClause, rolloutFacts } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

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
  (facts, owner) =>
    `${owner} cannot listen on port ${facts.subject}, which another process of its pod or node holds: ${facts.line}.${facts.detail === null ? '' : ` ${facts.detail}.`}`,
);
const bindDenied = mechanism(
  'bind-denied',
  (facts) => `May not listen on port ${facts.subject}`,
  (facts, owner) => `${owner} may not listen on port ${facts.subject} as the user it runs as (ports below 1024 need NET_BIND_SERVICE or root): ${facts.line}.`,
);
const argumentInvalid = mechanism(
  'argument-invalid',
  (facts) => `Argument ${facts.subject} is not understood`,
  (facts, owner) =>
    `${owner} does not understand the argument ${facts.subject}${facts.detail === null ? '' : ` (its command is ${facts.detail})`}: ${facts.line}.`,
);
const resourceExhausted = mechanism(
  'resource-exhausted',
  (facts) => `Out of ${facts.subject === 'rate limit' ? 'requests: a rate limit is met' : facts.subject}`,
  (facts, owner) => `${owner} has met the limit of its ${facts.subject}: ${facts.line}. Either it holds more than it should, or the limit is too low.`,
);
const runtimeOutOfMemory = mechanism(
  'runtime-out-of-memory',
  (facts) => `The ${facts.subject} runtime runs out of memory`,
  (facts, owner) => `${owner} runs out of the memory that its own runtime allows: ${facts.line}.`,
);
const fileMissing = mechanism(
  'file-missing',
  (facts) => `File ${facts.subject} is missing`,
  (facts, owner) =>
    `${owner} needs the file ${facts.subject}, which is neither in its image nor mounted${facts.detail === null ? '' : ` (${facts.detail})`}: ${facts.line}.`,
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

const rootRefused = mechanism(
  'root-refused',
  (facts) => `${facts.subject} refuses to run as root`,
  (facts, owner) =>
    `${owner} refuses to run as root: ${facts.line}. ${facts.detail ?? 'The template sets no user (securityContext.runAsUser), so the image decides'}.`,
);
const poisonMessage = mechanism(
  'poison-message',
  (facts) => `The consumer stumbles over one message: ${facts.subject}`,
  (facts, owner) => `${owner} cannot read one message (${facts.subject}) and tries it again and again, so that nothing behind it is worked off: ${facts.line}.`,
);
const leaseLost = mechanism(
  'lease-lost',
  () => 'The program loses its leader lease and ends',
  (facts, owner) =>
    `${owner} could not renew its leader lease in time and ends, as it is meant to: ${facts.line}. The API server was too slow for it, or it had too little CPU.`,
);
const bindUnavailable = mechanism(
  'bind-address-unavailable',
  (facts) => `Address ${facts.subject} is not one of the pod's`,
  (facts, owner) => `${owner} is told to listen on ${facts.subject}, which is no address of its pod: ${facts.line}. It should listen on 0.0.0.0.`,
);

const sharedMemoryFull = mechanism(
  'shared-memory-too-small',
  () => '/dev/shm is full',
  (facts, owner) => `${owner} runs out of shared memory: /dev/shm has 64 MiB in a container where nothing larger is mounted there (${facts.line}).`,
);

/** What a claim comes to: the mechanism and the words for it. */
interface Reading {
  mechanism: Mechanism<ApplicationFacts>;
  subject: string;
  detail: string | null;
}

type Reader<K extends LogKind> = (claim: ClaimOf<K>, symptom: LogSymptom, view: RuleView) => Reading;

function reading(mechanism: Mechanism<ApplicationFacts>, subject: string | number | null, detail: string | null = null): Reading {
  return { mechanism, subject: String(subject ?? 'what it needs'), detail };
}

/** What explains most comes first. */
const readers: readonly ((symptom: LogSymptom, finding: IdentifiedFinding, view: RuleView) => { fact: LogFact; reading: Reading } | null)[] = [
  reader('module-missing', ({ module }) => reading(moduleMissing, module)),
  reader('exec-format', () => reading(wrongArchitecture, 'exec format error')),
  reader('argument-invalid', ({ argument }, symptom) => reading(argumentInvalid, argument, wordsOf(symptom))),
  reader('address-in-use', ({ port }, symptom, view) => {
    const named = portNamed(port, symptom);
    return reading(addressInUse, named, neighbours(symptom) ?? onSameNode(named, symptom, view));
  }),
  reader('root-refused', ({ program }, symptom) => reading(rootRefused, program ?? 'The program', userOf(symptom))),
  reader('poison-message', ({ topic, partition, offset }) => reading(poisonMessage, positionOf(topic, partition, offset))),
  reader('bind-unavailable', ({ address }) => reading(bindUnavailable, address)),
  reader('bind-denied', ({ port }, symptom) => reading(bindDenied, portNamed(port, symptom))),
  reader('exhausted', ({ resource }) => reading(resourceExhausted, resource)),
  reader('out-of-memory', ({ runtime }) => reading(runtimeOutOfMemory, runtime)),
  reader('schema', ({ object }) => reading(schemaMissing, object)),
  reader('disk-full', ({ path }, symptom) => (isSharedMemory(path, symptom) ? reading(sharedMemoryFull, path) : reading(diskFull, path ?? 'its volume'))),
  reader('read-only', ({ path }) => reading(readOnlyFileSystem, path ?? 'its root file system')),
  reader('permission-denied', ({ path }) => reading(permissionDenied, path)),
  reader('file-missing', ({ path }, symptom) => reading(fileMissing, path, directoryOf(path, symptom))),
  reader('exception', ({ type, place }) => reading(unhandledException, type, place)),
  reader('lease-lost', () => reading(leaseLost, 'leader lease')),
];

function reader<K extends LogKind>(kind: K, read: Reader<K>) {
  return (symptom: LogSymptom, finding: IdentifiedFinding, view: RuleView) => {
    const facts = symptomFacts(finding, symptom, kind, view);
    const fact = facts.find(({ handled }) => !handled) ?? facts[0];
    return fact === undefined ? null : { fact, reading: read(fact.claim, symptom, view) };
  };
}

export const applicationRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [
    unhandledException,
    moduleMissing,
    wrongArchitecture,
    sharedMemoryFull,
    rootRefused,
    poisonMessage,
    leaseLost,
    bindUnavailable,
    permissionDenied,
    readOnlyFileSystem,
    addressInUse,
    bindDenied,
    argumentInvalid,
    resourceExhausted,
    runtimeOutOfMemory,
    fileMissing,
    schemaMissing,
    diskFull,
  ],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    const [told] = readers.flatMap((readKind) => readKind(symptom, finding, view) ?? []);
    if (told === undefined) return;
    const { log, workload } = symptom;
    const { fact, reading } = told;
    const facts = { container: log.container, subject: reading.subject, detail: reading.detail, line: fact.line, ...rolloutFacts(log.pod, view) };
    const evidence = [logEvidence(podRef(log.pod), log.container, fact, { decisive: true })];
    yield endsAt({
      rule: id,
      finding,
      mechanism: reading.mechanism,
      object: workload.ref,
      facts,
      strength: 'likely',
      via: ownedBy(finding.object, view),
      evidence,
    });
  },
});

/** The port that the line names, else the only one that the container or its command names. */
function portNamed(port: number | null, { container }: LogSymptom): string {
  const declared = (container.spec.ports ?? []).map(({ containerPort }) => containerPort);
  const words = [...(container.spec.command ?? []), ...(container.spec.args ?? [])].join(' ');
  const asked = [...words.matchAll(/(?:-p|--?port|-l|:)[ =]?(\d{2,5})\b/g)].map(([, number]) => Number(number));
  const [only, second] = [...new Set(declared.length > 0 ? declared : asked)];
  if (port !== null) return String(port);
  return only === undefined || second !== undefined ? 'it asks for' : String(only);
}

/** `container web declares port 8080`, for the other containers of the pod; null where none declares one. */
function neighbours({ log }: LogSymptom): string | null {
  const others = (log.pod.spec?.containers ?? []).filter(({ name, ports }) => name !== log.container && (ports ?? []).length > 0);
  const told = others.map(({ name, ports }) => `container ${name} declares port ${(ports ?? []).map(({ containerPort }) => containerPort).join(', ')}`);
  return told.length === 0 ? null : `In the same pod ${told.join(' and ')}`;
}

/** With the node's own network, the pod of the same node that has the port; null where none declares it. */
function onSameNode(port: string, { log: { pod } }: LogSymptom, view: RuleView): string | null {
  if (pod.spec?.hostNetwork !== true) return null;
  const holds = (other: Pod) =>
    (other.spec?.containers ?? []).some(({ ports }) =>
      (ports ?? []).some(({ hostPort, containerPort }) => String(hostPort ?? (other.spec?.hostNetwork === true ? containerPort : '')) === port),
    );
  const holder = view.list('Pod').find((other) => other !== pod && other.spec?.nodeName === pod.spec?.nodeName && isLive(other) && holds(other));
  return holder === undefined ? null : `On the same node ${refLabel(podRef(holder))} has that port`;
}

function isSharedMemory(path: string | null, { container }: LogSymptom): boolean {
  return path?.startsWith('/dev/shm') === true && !(container.spec.volumeMounts ?? []).some(({ mountPath }) => mountPath.replace(/\/$/, '') === '/dev/shm');
}

function positionOf(topic: string | null, partition: string | null, offset: string | null): string {
  const parts = [topic === null ? '' : `topic ${topic}`, partition === null ? '' : `partition ${partition}`, offset === null ? '' : `offset ${offset}`];
  return parts.filter((part) => part !== '').join(', ') || 'always the same';
}

/** The user that the template sets, where it sets root itself. */
function userOf({ log, container }: LogSymptom): string | null {
  const user = container.spec.securityContext?.runAsUser ?? log.pod.spec?.securityContext?.runAsUser;
  return user === 0 ? 'The template says so itself (securityContext.runAsUser: 0)' : null;
}

/** Where a relative path leads: to the working directory that the template sets. */
function directoryOf(path: string, { container }: LogSymptom): string | null {
  const { workingDir } = container.spec;
  if (workingDir === undefined || (path.startsWith('/') && !path.startsWith(workingDir))) return null;
  return `the template sets workingDir ${workingDir}`;
}

function wordsOf({ container }: LogSymptom): string | null {
  const words = [...(container.spec.command ?? []), ...(container.spec.args ?? [])].join(' ');
  return words === '' || words.length > 200 ? null : words;
}

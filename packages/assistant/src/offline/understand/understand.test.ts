import { describe, expect, it } from 'vitest';
import type { Focus } from '../../sources/context-source.ts';
import type { NamedObject, Question, Selection, Since, Subject, Vocabulary } from './question.ts';
import { phrasings } from './testing/phrasings.ts';
import { understand } from './understand.ts';

const object = (kind: string, namespace: string | null, name: string): NamedObject => ({ kind, namespace, name });

const vocabulary: Vocabulary = {
  kinds: [
    { kind: 'Certificate', plural: 'certificates', shortNames: ['cert', 'certs'], namespaced: true },
    { kind: 'Kafka', plural: 'kafkas', shortNames: ['k'], namespaced: true },
  ],
  objects: [
    object('Deployment', 'shop', 'web'),
    object('Service', 'shop', 'web'),
    object('Ingress', 'shop', 'web'),
    object('ReplicaSet', 'shop', 'web-6d4f9c7b5'),
    object('Pod', 'shop', 'web-6d4f9c7b5-x2x9z'),
    object('Deployment', 'shop', 'payments-api'),
    object('Pod', 'shop', 'payments-api-7f9-abcde'),
    object('Deployment', 'shop', 'checkout-worker'),
    object('StatefulSet', 'data', 'postgres'),
    object('Pod', 'data', 'postgres-0'),
    object('PersistentVolumeClaim', 'data', 'data-postgres-0'),
    object('ConfigMap', 'shop', 'edge-conf'),
    object('Secret', 'shop', 'db-password'),
    object('CronJob', 'batch', 'nightly-report'),
    object('Deployment', 'staging', 'web'),
    object('Deployment', 'shop', 'test'),
    object('Service', 'shop', 'accounts'),
    object('Deployment', 'shop', 'jobs'),
    object('ClusterRole', null, 'edit'),
    object('ClusterRole', null, 'system:controller:job-controller'),
    object('Node', null, 'worker-1'),
    object('Namespace', null, 'shop'),
    object('Namespace', null, 'staging'),
    object('Namespace', null, 'demo-oomkilled'),
  ],
  namespaces: ['shop', 'data', 'batch', 'staging', 'kube-system'],
  troubled: [object('Deployment', 'shop', 'payments-api'), object('ConfigMap', 'shop', 'edge-conf')],
};

const nothing: Focus = { page: null, namespace: null, object: null, issueId: null };
/** Saturday, noon. */
const now = Date.parse('2026-11-21T12:00:00Z');

const about = (subject: Subject | null): string => {
  const [first] = subject?.matches ?? [];
  if (subject === null) return '';
  return first === undefined ? `?${subject.text}` : `${first.kind} ${first.namespace === null ? '' : `${first.namespace}/`}${first.name}`;
};

/** What questions have, whichever they are. */
interface Fields {
  intent: string;
  subject?: Subject | null;
  kind?: string;
  selection?: Selection;
  of?: string | { kind: string; selection: Selection } | null;
  ordered?: boolean;
  compared?: boolean;
  by?: string;
  limit?: number;
  side?: string;
  whole?: boolean;
  check?: string | null;
  topic?: string;
  task?: string;
  since?: Since | null;
  previous?: boolean;
  search?: string | null;
  lines?: number;
  warningsOnly?: boolean;
  release?: string | null;
  severity?: string | null;
  namespace: string | null;
}

const listed = (selection: Selection | undefined) =>
  selection && [selection.filter && `[${selection.filter}]`, selection.sort && `by ${selection.sort}`, selection.limit && `top ${selection.limit}`];

/** A question in a line; what is as usual is left out. */
function brief(question: Question): string {
  const { intent, subject, kind, selection, of, by, limit, side, check, topic, task, since, lines, namespace, ...rest }: Fields = question;
  const among = typeof of === 'object' && of !== null ? [of.kind, listed(of.selection)].flat() : [of];
  const what = [
    intent,
    rest.ordered && 'ordered',
    about(subject ?? null),
    kind,
    listed(selection),
    ...among,
    by,
    limit,
    side,
    check === null ? 'all' : check,
    topic,
  ];
  const toDo = task && `to ${task}`;
  const how = [since && `for ${since.ms / 60_000}m`, rest.previous && 'previous', rest.search && `/${rest.search}/`, lines !== 50 && lines && `${lines} lines`];
  const where = [rest.whole && 'whole', rest.warningsOnly && 'warnings', rest.release, rest.severity, namespace && `in ${namespace}`];
  return [what, toDo, rest.compared && 'compared', how, where].flat(2).filter(Boolean).join(' ');
}

const ask = (question: string, focus: Partial<Focus> = {}) => brief(understand(question, { vocabulary, focus: { ...nothing, ...focus }, now }));

describe.each(Object.entries(phrasings))('%s', (_, table) => {
  it.each(table)('%s', (question, understood) => expect(ask(question)).toBe(understood));
});

describe('what is looked at', () => {
  const web = object('Deployment', 'shop', 'web');
  it.each([
    ['why?', 'why Deployment shop/web'],
    ['and its logs?', 'logs Deployment shop/web'],
    ['why is it failing', 'why Deployment shop/web'],
    ['what changed?', 'changes Deployment shop/web'],
    ['show me its events', 'events Deployment shop/web'],
    ['how do I fix that', 'fix Deployment shop/web'],
    ['logs', 'logs Deployment shop/web'],
    ['what depends on it', 'neighbours Deployment shop/web usedBy'],
    ['why is postgres failing', 'why StatefulSet data/postgres'],
  ])('%s', (question, understood) => expect(ask(question, { object: web })).toBe(understood));

  it('gives a name its namespace', () => {
    expect(ask('why is web failing', { namespace: 'staging' })).toBe('why Deployment staging/web in staging');
    expect(ask('list pods', { namespace: 'data' })).toBe('list Pod in data');
    expect(ask('list pods in all namespaces', { namespace: 'data' })).toBe('list Pod');
  });

  it.each([
    ['list pods', 'and in staging?', 'list Pod in staging'],
    ['logs of web', 'what about postgres', 'logs StatefulSet data/postgres'],
    ['how many pods are there', 'and deployments?', 'count Deployment'],
    ['what changed today', 'and since yesterday?', 'changes for 2160m'],
  ])('after "%s": "%s"', (before, question, understood) => expect(ask(question, { before })).toBe(understood));
});

it('offers the names that are near one that there is not', () => {
  const question = understand('why is postgrez-main failing', { vocabulary, focus: nothing, now });
  expect(question).toMatchObject({ intent: 'why', subject: { matches: [], near: expect.arrayContaining(['postgres']) } });
});

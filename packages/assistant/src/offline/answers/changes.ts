import { refLabel, refOf, type TimelineEntry } from '@quarterdeck/contract';
import { timelineOfObjects } from '@quarterdeck/diagnosis';
import { type Answer, type Asking, callTool, nothingPointed, requireTool, say } from '../asking.ts';
import { ago, bullets, code, inText } from '../markdown.ts';
import { timeline } from '../tool-results.ts';
import { systemNamespaces } from '../understand/find-names.ts';
import type { NamedObject, Question } from '../understand/question.ts';
import { missing, unlessMissing } from './missing.ts';
import { unknownName } from './unknown-name.ts';

type Asked = Extract<Question, { intent: 'changes' }>;

const mostShown = 25;
const mostFields = 3;
/** Minutes, where no time is named. */
const usual = { object: 7 * 24 * 60, cluster: 24 * 60 };
/** What `get_timeline` takes at most. */
const longest = 43_200;

/** Who changed what, and what happened besides: around an object, or in the cluster. */
export async function* changes(question: Asked, asking: Asking): Answer {
  const { subject } = question;
  if (subject !== null && subject.matches.length === 0) return yield* unknownName(subject, asking);
  const [object] = subject?.matches ?? [];
  if (object === undefined) return yield* everywhere(question, asking);
  const minutes = minutesOf(question, usual.object);
  const target = { kind: object.kind, name: object.name, ...(object.namespace === null ? {} : { namespace: object.namespace }) };
  const entries = yield* unlessMissing(callTool(asking, 'get_timeline', { ...target, sinceMinutes: minutes }, timeline));
  if (entries === null) {
    yield say('Who deleted it is not kept in the cluster: only an audit log of the API server tells that.');
    return yield* missing(object, asking);
  }
  const since = asking.now() - minutes * 60_000;
  yield say(
    told(
      entries.filter(({ at }) => Date.parse(at) >= since),
      question,
      asking,
      code(`${object.kind} ${object.name}`),
    ),
  );
  if (question.compared) yield say(comparison(object));
  return { object, issueId: null };
}

const hasRevisions: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Where the content of before is to be had. */
function comparison({ kind, namespace, name }: NamedObject): string {
  const where = namespace === null ? '' : ` -n ${namespace}`;
  return hasRevisions.has(kind)
    ? `Two revisions side by side: ${code(`kubectl rollout history ${kind.toLowerCase()}/${name}${where} --revision=N`)}.`
    : `Kubernetes keeps no earlier content of a ${kind}: compare with where it came from (Git, a Helm revision). Ask for "yaml of ${name}" to see what it is now.`;
}

function minutesOf({ since }: Asked, otherwise: number): number {
  return Math.min(longest, Math.max(1, Math.round(since === null ? otherwise : since.ms / 60_000)));
}

const changing = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Service',
  'Ingress',
  'ConfigMap',
  'Secret',
  'NetworkPolicy',
  'PersistentVolumeClaim',
] as const;

/** All that people and programs changed, from the objects that the check has read. */
async function* everywhere(question: Asked, asking: Asking): Answer {
  requireTool(asking, 'get_timeline');
  const startedAt = asking.clock();
  const { view } = await asking.cluster.checked(asking.signal);
  const minutes = minutesOf(question, usual.cluster);
  // What Kubernetes puts into every namespace is no change of anybody.
  const isOwn = (name: string, namespace: string | null) =>
    name !== 'kube-root-ca.crt' && (question.namespace !== null || namespace === null || !systemNamespaces.has(namespace));
  const refs = changing.flatMap((kind) => view.list(kind, question.namespace ?? undefined).map(refOf)).filter(({ name, namespace }) => isOwn(name, namespace));
  const since = view.now - minutes * 60_000;
  const found = timelineOfObjects(refs, since, view).filter(({ source, at }) => source === 'change' && Date.parse(at) >= since);
  yield {
    type: 'call',
    tool: 'get_timeline',
    input: { objects: refs.length, sinceMinutes: minutes },
    summary: `${found.length} changes`,
    tookMs: asking.clock() - startedAt,
  };
  yield say(
    told(
      found.map((entry) => ({ ...entry, object: refLabel(entry.object) })),
      question,
      asking,
      question.namespace === null ? 'the cluster' : `the namespace ${code(question.namespace)}`,
    ),
  );
  return nothingPointed;
}

type Entry = Omit<TimelineEntry, 'object'> & { object: string };

function told(entries: readonly Entry[], { since }: Asked, asking: Asking, where: string): string {
  const period = since === null ? '' : ` (${since.text})`;
  if (entries.length === 0)
    return `Nothing that Kubernetes keeps a trace of changed on ${where}${period}. It keeps the last write of each program to each object, nothing older.`;
  const changed = entries.filter(({ source }) => source === 'change').toReversed();
  const other = entries.filter(({ source }) => source !== 'change').toReversed();
  const parts = [
    changed.length === 0
      ? `Nobody changed anything on ${where}${period}, as far as Kubernetes keeps a trace.`
      : `**Changes on ${where}${period}, the newest first:**\n\n${bullets(changed.slice(0, mostShown).map((entry) => line(entry, asking)))}`,
    other.length === 0 ? '' : `**What happened besides:**\n\n${bullets(other.slice(0, mostShown).map((entry) => line(entry, asking)))}`,
    changed.length > mostShown ? `${changed.length - mostShown} older ones are left out.` : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function line({ at, object, what, by, count, fields }: Entry, asking: Asking): string {
  const known = fields.filter(({ from, to }) => from !== null || to !== null).slice(0, mostFields);
  const values = known.map(
    ({ path, from, to }) => `${code(path)}: ${from === null ? 'nothing known' : code(from)} → ${to === null ? 'nothing known' : code(to)}`,
  );
  const who = by === null ? '' : `${by === 'unknown' ? 'somebody' : code(by)}: `;
  return `${ago(at, asking.now())}, ${code(object)}: ${who}${inText(what)}${count > 1 ? ` (${count}×)` : ''}${values.length === 0 ? '' : ` (${values.join(', ')})`}`;
}

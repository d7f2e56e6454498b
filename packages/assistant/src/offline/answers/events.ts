import { type Answer, type Asking, callTool, nothingPointed, say } from '../asking.ts';
import { age, code, table } from '../markdown.ts';
import { eventList } from '../tool-results.ts';
import type { NamedObject, Question } from '../understand/question.ts';
import { refFor, runs } from './targets.ts';
import { unknownName } from './unknown-name.ts';

const mostShown = 25;

type Asked = Extract<Question, { intent: 'events' }>;

/** What the cluster told of its objects; of a workload also what it told of its pods. */
export async function* events(question: Asked, asking: Asking): Answer {
  const { subject, since } = question;
  if (subject !== null && subject.matches.length === 0) return yield* unknownName(subject, asking);
  const [object] = subject?.matches ?? [];
  const found = yield* callTool(asking, 'list_events', query(question, object), eventList);
  const names = object === undefined ? null : await ownNames(object, asking);
  const own = found.events.filter(({ object: about }) => names === null || names.has(about.slice(about.indexOf(' ') + 1)));
  const whose = object === undefined ? '' : ` of ${code(`${object.kind} ${object.name}`)}`;
  const what = `${question.warningsOnly ? 'warnings' : 'events'}${whose}${since === null ? '' : `, ${since.text}`}`;
  const rows = own
    .slice(0, mostShown)
    .map(({ lastAt, type, reason, object: about, message, count }) => [age(lastAt, asking.now()), type, reason, about, message, String(count)]);
  if (rows.length === 0) yield say(`There are no ${what}. Kubernetes keeps events for about an hour.`);
  else yield say(`The latest ${what}:\n\n${table(['Last', 'Type', 'Reason', 'Object', 'Message', 'Count'], rows)}`);
  if (own.length > mostShown) yield say(`${own.length - mostShown} more are left out.`);
  return object === undefined ? nothingPointed : { object, issueId: null };
}

function query({ namespace, since, warningsOnly }: Asked, object: NamedObject | undefined) {
  const within = object?.namespace ?? namespace;
  return {
    ...(within === null ? {} : { namespace: within }),
    ...(since === null ? {} : { sinceMinutes: Math.min(10_080, Math.max(1, since.ms / 60_000)) }),
    ...(warningsOnly ? { type: 'Warning' } : {}),
    // What a workload's pods told is found by their names afterwards.
    ...(object === undefined || runs(object.kind) ? {} : { kind: object.kind, name: object.name }),
    limit: object === undefined ? mostShown : 500,
  };
}

async function ownNames(object: { kind: string; namespace: string | null; name: string }, { cluster, signal }: Asking): Promise<Set<string>> {
  const ref = refFor(object);
  const { view } = await cluster.checked(signal);
  const owned = ref === null ? [] : [...view.podsOf(ref).map(({ metadata }) => metadata.name), ...view.outgoing(ref, 'owns').map(({ to }) => to.name)];
  return new Set([object.name, ...owned].map((name) => (object.namespace === null ? name : `${object.namespace}/${name}`)));
}

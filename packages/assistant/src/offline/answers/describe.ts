import { toAppError } from '@quarterdeck/contract';
import { type Answer, type Asking, callTool, say } from '../asking.ts';
import { ago, bullets, code, inText, label } from '../markdown.ts';
import { type Described, description, neighbours } from '../tool-results.ts';
import type { NamedObject, Question } from '../understand/question.ts';
import { unknownName } from './unknown-name.ts';
import { issuesOf, refFor } from './why.ts';

const mostLines = 8;

/** How one object is: state, issues, conditions, pods, events, changes. */
export async function* describe({ subject }: Extract<Question, { intent: 'describe' }>, asking: Asking): Answer {
  const [object, ...others] = subject.matches;
  if (object === undefined) return yield* unknownName(subject, asking);
  const described = yield* unlessMissing(callTool(asking, 'describe_resource', targetOf(object), description));
  if (described === null) return yield* missing(object, asking);
  yield say(text(described, object, asking.now()));
  const alike = others.filter(({ name, kind }) => name === object.name && kind !== 'Pod' && kind !== 'ReplicaSet');
  if (alike.length > 0) yield say(`Of the same name: ${alike.slice(0, mostLines).map(label).join(', ')}.`);
  return { object, issueId: described.issues[0]?.id ?? null };
}

export function targetOf({ kind, namespace, name }: NamedObject) {
  return { kind, name, ...(namespace === null ? {} : { namespace }) };
}

function text({ state, createdAt, owner, conditions, pods, issues, events, changes }: Described, object: NamedObject, now: number): string {
  const bad = conditions.filter(({ type, status }) => (status !== 'True') !== /Pressure|Unavailable|Failed|Failure|Stuck/.test(type));
  const parts = [
    `**${label(object)}**: ${code(state.text || state.state)}${createdAt === null ? '' : `, created ${ago(createdAt, now)}`}${owner === null ? '' : `, owned by ${code(owner)}`}.`,
    section(
      'Issues',
      issues.map(({ id, title }) => `${inText(title)} (${code(id)})`),
    ),
    section(
      'Conditions that are not as they should be',
      bad.map(({ type, status, reason = '', message = '' }) => `${code(type)} is ${status} ${reason} ${inText(message)}`),
    ),
    section(
      'Pods',
      pods.map(({ name, state: each }) => `${code(name)} ${inText(each ?? '')}`),
    ),
    section(
      'Latest events',
      events.map(({ at, type, reason, message, count }) => `${ago(at, now)} ${type} ${code(reason)} ${inText(message)}${count > 1 ? ` (${count}×)` : ''}`),
    ),
    section(
      'Latest changes',
      changes.map(({ at, by, what }) => `${ago(at, now)} ${code(by ?? 'unknown')}: ${inText(what)}`),
    ),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length > mostLines ? [`${lines.length - mostLines} more`] : [];
  return `**${title}:**\n\n${bullets([...lines.slice(0, mostLines), ...more])}`;
}

/** What an object hangs on, and what hangs on it. */
export async function* related({ subject, side }: Extract<Question, { intent: 'neighbours' }>, asking: Asking): Answer {
  const [object] = subject.matches;
  if (object === undefined) return yield* unknownName(subject, asking);
  const found = yield* unlessMissing(callTool(asking, 'list_neighbours', { ...targetOf(object), depth: 1 }, neighbours));
  if (found === null) return yield* missing(object, asking);
  const away = found.relations.filter(({ from }) => from === found.object);
  const towards = found.relations.filter(({ from }) => from !== found.object);
  const line = (other: string, { relation, path, state }: Described['relations'][number]) =>
    `${relation} ${code(other)}${state === null ? '' : ` (${inText(state)})`}, by ${code(path)}`;
  const uses = section(
    `${label(object)} leads to`,
    away.map((each) => line(each.to, each)),
  );
  const usedBy = section(
    `What leads to ${label(object)}`,
    towards.map((each) => `${code(each.from)} ${each.relation} it${each.state === null ? '' : ` (${inText(each.state)})`}, by ${code(each.path)}`),
  );
  const told = [side === 'usedBy' ? '' : uses, side === 'uses' ? '' : usedBy].filter((part) => part !== '');
  yield say(told.length > 0 ? told.join('\n\n') : `Nothing that I can see ${side === 'uses' ? `is used by ${label(object)}` : `uses ${label(object)}`}.`);
  return { object, issueId: null };
}

/** Null where there is no such object. */
async function* unlessMissing<T>(call: Answer<T>): Answer<T | null> {
  try {
    return yield* call;
  } catch (thrown) {
    if (toAppError(thrown).code === 'NOT_FOUND') return null;
    throw thrown;
  }
}

/** An object that others refer to and that is not there: who does, and the issue that comes of it. */
async function* missing(object: NamedObject, asking: Asking): Answer {
  const checked = await asking.cluster.checked(asking.signal);
  const ref = refFor(object);
  const referring = ref === null ? [] : checked.view.incoming(ref).map(({ from, type, path }) => `${label(from)} ${type} it, by ${code(path)}`);
  const [issue] = issuesOf(checked, [object]);
  yield say(
    [`${label(object)} does not exist.`, section('What refers to it', referring), section('Issues', issue === undefined ? [] : [inText(issue.title)])]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  return { object, issueId: issue?.id ?? null };
}

import { toAppError } from '@quarterdeck/contract';
import { stringify } from 'yaml';
import { type Answer, type Asking, callTool, say } from '../asking.ts';
import { code, fenced, inText, label } from '../markdown.ts';
import { type Described, description, neighbours, wholeObject } from '../tool-results.ts';
import type { NamedObject, Question } from '../understand/question.ts';
import { describedText, section } from './description-text.ts';
import { issuesOf } from './issues-of.ts';
import { refFor, targetOf } from './targets.ts';
import { unknownName } from './unknown-name.ts';

const mostLines = 8;

/** How one object is: state, issues, conditions, pods, events, changes. */
export async function* describe({ subject, whole }: Extract<Question, { intent: 'describe' }>, asking: Asking): Answer {
  const [object, ...others] = subject.matches;
  if (object === undefined) return yield* unknownName(subject, asking);
  if (whole) return yield* asYaml(object, asking);
  const described = yield* unlessMissing(callTool(asking, 'describe_resource', targetOf(object), description));
  if (described === null) return yield* missing(object, asking);
  yield say(describedText(described, object, asking.now()));
  const alike = others.filter(({ name, kind }) => name === object.name && kind !== 'Pod' && kind !== 'ReplicaSet');
  if (alike.length > 0) yield say(`Of the same name: ${alike.slice(0, mostLines).map(label).join(', ')}.`);
  return { object, issueId: described.issues[0]?.id ?? null };
}

/** As the cluster keeps it. The values of Secrets are not among what the tool gives. */
async function* asYaml(object: NamedObject, asking: Asking): Answer {
  const found = yield* unlessMissing(callTool(asking, 'get_resource', targetOf(object), wholeObject));
  if (found === null) return yield* missing(object, asking);
  yield say(`${label(object)}:\n\n${fenced(stringify(found, { lineWidth: 0 }).trimEnd(), 'yaml')}`);
  return { object, issueId: null };
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

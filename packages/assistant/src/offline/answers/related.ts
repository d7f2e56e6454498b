import { type Answer, type Asking, callTool, say } from '../asking.ts';
import { code, inText, label } from '../markdown.ts';
import { neighbours, type Related } from '../tool-results.ts';
import type { NamedObject, Question } from '../understand/question.ts';
import { section } from './description-text.ts';
import { issuesOf } from './issues-of.ts';
import { missing, unlessMissing } from './missing.ts';
import { refFor, targetOf } from './targets.ts';
import { unknownName } from './unknown-name.ts';

/** That an object lies in a namespace, and who wrote it, is no use of it. */
const noUse: ReadonlySet<string> = new Set(['contains', 'changes']);

/** What an object hangs on, and what hangs on it: on a workload also what reaches it by a Service. */
export async function* related({ subject, side }: Extract<Question, { intent: 'neighbours' }>, asking: Asking): Answer {
  const [object] = subject.matches;
  if (object === undefined) return yield* unknownName(subject, asking);
  const found = yield* unlessMissing(callTool(asking, 'list_neighbours', { ...targetOf(object), depth: 1 }, neighbours));
  if (found === null) return yield* missing(object, asking);
  const away = found.relations.filter(({ from, relation }) => from === found.object && (side === 'both' || relation !== 'owns'));
  const towards = found.relations.filter(({ from, relation }) => from !== found.object && !noUse.has(relation));
  const uses = section(
    `${label(object)} leads to`,
    away.map(({ relation, to, state, path }) => `${relation} ${code(to)}${stateText(state)}, by ${code(path)}`),
  );
  const direct = towards.map((each) => lineOf(each, 'it'));
  const byService = side === 'uses' ? [] : yield* throughServices(object, asking);
  const usedBy = section(`What leads to ${label(object)}`, [...direct, ...byService]);
  const told = [side === 'usedBy' ? '' : uses, side === 'uses' ? '' : usedBy].filter((part) => part !== '');
  yield say(told.length > 0 ? told.join('\n\n') : `Nothing that I can see ${side === 'uses' ? `is used by ${label(object)}` : `uses ${label(object)}`}.`);
  if (told.length > 0) return { object, issueId: null };
  const [issue] = issuesOf(await asking.cluster.checked(asking.signal), [object]);
  if (issue !== undefined) yield say(`It has a part in an issue: ${inText(issue.title)} (${code(issue.id)}).`);
  return { object, issueId: issue?.id ?? null };
}

function lineOf({ from, relation, state, path }: Related, what: string): string {
  return `${code(from)} ${relation} ${what}${stateText(state)}, by ${code(path)}`;
}

function stateText(state: string | null): string {
  return state === null ? '' : ` (${inText(state)})`;
}

/** Who calls or routes to the Services that select the pods of an object: callers know the Service, not the workload. */
async function* throughServices(object: NamedObject, asking: Asking): Answer<string[]> {
  const lines: string[] = [];
  for (const service of await servicesOf(object, asking)) {
    const found = yield* callTool(asking, 'list_neighbours', { ...targetOf(service), depth: 1 }, neighbours);
    const towards = found.relations.filter(({ from, to, relation }) => to === found.object && from !== found.object && !reachedAlready.has(relation));
    lines.push(`${label(service)} selects its pods`, ...towards.map((each) => lineOf(each, `it through ${label(service)}`)));
  }
  return lines;
}

const reachedAlready: ReadonlySet<string> = new Set([...noUse, 'owns']);

async function servicesOf(object: NamedObject, { cluster, signal }: Asking): Promise<NamedObject[]> {
  const ref = refFor(object);
  if (ref === null || object.kind === 'Service') return [];
  const { view } = await cluster.checked(signal);
  const pods = view.podsOf(ref).map(({ metadata }) => ({ apiVersion: 'v1', kind: 'Pod', namespace: metadata.namespace ?? null, name: metadata.name }));
  const selecting = [ref, ...pods].flatMap((each) => view.incoming(each, 'selects')).map(({ from }) => from);
  const services = selecting.filter(({ kind }) => kind === 'Service');
  return [...new Map(services.map((service) => [`${service.namespace}/${service.name}`, service])).values()];
}

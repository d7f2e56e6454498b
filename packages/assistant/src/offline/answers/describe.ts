import { stringify } from 'yaml';
import { type Answer, type Asking, callTool, say } from '../asking.ts';
import { fenced, label } from '../markdown.ts';
import { description, wholeObject } from '../tool-results.ts';
import type { NamedObject, Question } from '../understand/question.ts';
import { describedText } from './description-text.ts';
import { missing, unlessMissing } from './missing.ts';
import { targetOf } from './targets.ts';
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
  if (object.kind === 'Secret') yield say(secretHint(object));
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

function secretHint({ namespace, name }: NamedObject): string {
  return `Values of Secrets are never part of an answer. To read them: \`kubectl get secret ${name}${namespace === null ? '' : ` -n ${namespace}`} -o jsonpath={.data}\` (base64; mind who looks on), or the page of the Secret in the workbench, which writes down who looked.`;
}

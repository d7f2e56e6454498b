import { toAppError } from '@quarterdeck/contract';
import { type Answer, type Asking, callTool, say } from '../asking.ts';
import { code, fenced, inText, label } from '../markdown.ts';
import { logLines } from '../tool-results.ts';
import type { NamedObject, Question } from '../understand/question.ts';
import { runs } from './targets.ts';
import { unknownName } from './unknown-name.ts';

type Asked = Extract<Question, { intent: 'logs' }>;

/** The end of a log, or the lines of it that were asked for. */
export async function* logs(question: Asked, asking: Asking): Answer {
  const { subject } = question;
  const object = subject.matches.find(({ kind }) => runs(kind) || kind === 'Service') ?? subject.matches[0];
  if (object === undefined) return yield* unknownName(subject, asking);
  const { lines, left } = yield* read(question, object, asking);
  const what = `${question.previous ? 'the run before of ' : ''}${label(object)}${question.since === null ? '' : ` (${question.since.text})`}${question.search === null ? '' : `, lines with ${code(question.search)}`}`;
  if (lines.length === 0) yield say(`There are no log lines of ${what}.`);
  else yield say(`The end of the log of ${what}:\n\n${fenced(lines.join('\n'))}`);
  if (left > 0) yield say(`${left} earlier lines are left out.`);
  return { object, issueId: asking.focus.object?.name === object.name ? asking.focus.issueId : null };
}

async function* read({ previous, since, lines, search }: Asked, { kind, name, namespace }: NamedObject, asking: Asking) {
  const options = {
    previous,
    tail: lines,
    ...(since === null ? {} : { sinceMinutes: Math.min(10_080, since.ms / 60_000) }),
    ...(search === null ? {} : { include: literally(search) }),
  };
  const target = { kind, name, ...(namespace === null ? {} : { namespace }) };
  try {
    return yield* callTool(asking, 'get_logs', { ...target, ...options }, logLines);
  } catch (thrown) {
    // What crashes at once has often no log of its present run.
    const { code: failure } = toAppError(thrown);
    if (previous || (failure !== 'NOT_FOUND' && failure !== 'CLUSTER_ERROR')) throw thrown;
    yield say(`Its present run has no log (${inText(toAppError(thrown).message)}); this is the run before.`);
    return yield* callTool(asking, 'get_logs', { ...target, ...options, previous: true }, logLines);
  }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

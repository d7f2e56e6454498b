import { type Answer, nothingPointed, say } from '../asking.ts';
import { dangerText, type Task, taskFor } from '../how-to/tasks.ts';
import { fenced } from '../markdown.ts';
import type { Question, Subject } from '../understand/question.ts';

/** Null for a task that is not known: then the question needs a model. */
export function howTo(question: Extract<Question, { intent: 'howTo' }>): Answer | null {
  const found = taskFor(question.task);
  return found === null ? null : answered(found, question);
}

async function* answered(found: Task, { task, subject, namespace, ordered }: Extract<Question, { intent: 'howTo' }>): Answer {
  if (ordered) yield say(`Nothing is done: an answer changes nothing. The command, for you to run:`);
  const pointed = yield* told(found, subject, namespace, /\bto (\d+)\b/.exec(task)?.[1]);
  if (ordered)
    yield say(
      'A fix that is previewed, approved, verified and can be undone: `qd fix ISSUE` (`qd issues` lists them), or the plan of the issue in the workbench.',
    );
  return pointed;
}

async function* told({ title, kubectl, qd, what, danger, undo }: Task, subject: Subject | null, namespace: string | null, number: string | undefined): Answer {
  const fill = (text: string) => filled(text, subject, namespace).replace(/(--replicas[= ])\d+/g, number === undefined ? '$&' : `$1${number}`);
  const commands = [kubectl, ...(qd === null ? [] : [qd])].map(fill);
  const parts = [
    `**${title}**`,
    fenced(commands.join('\n'), 'sh'),
    `${fill(what)} Danger: ${dangerText(danger)}.`,
    undo === null ? '' : `Undo: \`${fill(undo)}\``,
  ];
  yield say(parts.filter((part) => part !== '').join('\n\n'));
  const [object] = subject?.matches ?? [];
  return object === undefined ? nothingPointed : { object, issueId: null };
}

function filled(text: string, subject: Subject | null, namespace: string | null): string {
  const [object] = subject?.matches ?? [];
  const where = object?.namespace ?? namespace;
  return text
    .replace(/\bTYPE\b/g, object?.kind.toLowerCase() ?? 'TYPE')
    .replace(/\bNAME\b/g, object?.name ?? 'NAME')
    .replace(/ -n NAMESPACE\b/g, object !== undefined && object.namespace === null ? '' : ` -n ${where ?? 'NAMESPACE'}`)
    .replace(/\bNAMESPACE\b/g, where ?? 'NAMESPACE');
}

import { type Answer, nothingPointed, say } from '../asking.ts';
import { dangerText, type Task, taskFor } from '../how-to/tasks.ts';
import { fenced } from '../markdown.ts';
import type { Question, Subject } from '../understand/question.ts';

/** Null for a task that is not known: then the question needs a model. */
export function howTo({ task, subject, namespace }: Extract<Question, { intent: 'howTo' }>): Answer | null {
  const found = taskFor(task);
  return found === null ? null : told(found, subject, namespace, /\bto (\d+)\b/.exec(task)?.[1]);
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

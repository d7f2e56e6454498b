import { type Refusal, understandCommand } from '@quarterdeck/assistant';
import { AppError } from '@quarterdeck/contract';
import { defaultNamespace } from '../cluster/default-namespace.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../output/printable.ts';
import { painter } from '../output/style.ts';
import { readVocabulary } from './read-vocabulary.ts';

/**
 * The command line that a sentence stands for, shown before it is run; what would change something is asked first. Throws
 * VALIDATION_ERROR for what is not understood, with what to try.
 */
export async function readSentence([verb = '', sentence = '', ...rest]: readonly string[], context: CommandContext): Promise<string[]> {
  const choice = { kubeconfig: optionIn(rest, '--kubeconfig'), context: optionIn(rest, '--context') };
  const access = await context.openAccess(choice);
  try {
    const namespace = optionIn(rest, '-n') ?? optionIn(rest, '--namespace') ?? (await defaultNamespace(choice));
    const vocabulary = await readVocabulary(access, context);
    const understood = understandCommand(verb, sentence, { vocabulary, namespace, now: context.now() });
    if ('refused' in understood) throw notUnderstood(verb, understood);
    const line = understood.args.map(quoted).join(' ');
    context.err.write(painter(context.err.colour)('dim', `qd ${printable(line)}\n`));
    if (understood.changes) await confirmUnderstood(line, rest, access.id, context);
    return [...understood.args, ...rest];
  } finally {
    await access.close();
  }
}

/** A sentence may be understood otherwise than it was meant: a person looks at the command before it changes anything. */
async function confirmUnderstood(line: string, rest: readonly string[], cluster: string, { input }: CommandContext): Promise<void> {
  if (rest.some((word) => word.startsWith('--dry-run'))) return;
  if (!input.isTerminal)
    throw new AppError('VALIDATION_ERROR', 'A sentence that changes something needs a person who confirms it.', { hint: `Run it as: qd ${line}` });
  const answer = await input.ask(`Is that what you mean? (cluster ${cluster}) [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new AppError('CANCELLED', 'Nothing was changed.');
}

function notUnderstood(verb: string, { refused, suggestions }: Refusal): AppError {
  const hint = suggestions.length > 0 ? suggestions.join(' ') : `See \`qd ${verb} --help\`, or ask: qd ask "…".`;
  return new AppError('VALIDATION_ERROR', refused, { hint });
}

function optionIn(args: readonly string[], option: string): string | undefined {
  const place = args.findIndex((arg) => arg === option || arg.startsWith(`${option}=`));
  const found = args[place];
  if (place < 0 || found === undefined) return undefined;
  return found === option ? args[place + 1] : found.slice(option.length + 1);
}

/** As a shell takes it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

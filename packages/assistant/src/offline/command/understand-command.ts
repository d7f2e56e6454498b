import { changeCommands } from './change-commands.ts';
import { readCommands } from './read-commands.ts';
import { type CommandCircumstances, refused, type UnderstoodCommand, wordingOf } from './wording.ts';

/** The verbs that take a sentence in place of arguments. */
export const verbsWithWords: readonly string[] = [...Object.keys(readCommands), ...Object.keys(changeCommands)];

/**
 * The command that a sentence after a verb stands for, as far as words and the cluster's names tell it. What would change
 * something is understood whole or not at all. Pure.
 */
export function understandCommand(verb: string, sentence: string, circumstances: CommandCircumstances): UnderstoodCommand {
  const reads = Object.hasOwn(readCommands, verb) ? readCommands[verb] : undefined;
  const changes = Object.hasOwn(changeCommands, verb) ? changeCommands[verb] : undefined;
  const understood = reads ?? changes;
  if (understood === undefined) return refused(`qd ${verb} takes no sentence.`, `qd ${verb} --help`);
  return understood(wordingOf(verb, sentence, circumstances));
}

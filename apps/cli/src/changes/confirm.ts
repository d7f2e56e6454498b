import { AppError } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import type { ChangeChoice } from './change-options.ts';

interface Asking {
  access: { id: string };
  choice: Pick<ChangeChoice, 'dryRun'>;
  context: Pick<CommandContext, 'input'>;
}

/**
 * Asks whether something that can't be taken back shall be done. Throws CANCELLED for a no, VALIDATION_ERROR where
 * nobody is there to answer.
 */
export async function confirm(
  { access, choice, context }: Asking,
  question: string,
  { yes, namespace }: { yes: boolean; namespace: string | null },
): Promise<void> {
  if (yes || choice.dryRun !== 'none') return;
  const where = `cluster ${access.id}${namespace === null ? '' : `, namespace ${namespace}`}`;
  if (!context.input.isTerminal) {
    throw new AppError('VALIDATION_ERROR', `${question} (${where}) Nobody is there to answer.`, { hint: 'Add --yes to do it without being asked.' });
  }
  const answer = await context.input.ask(`${question} (${where}) [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new AppError('CANCELLED', 'Nothing was changed.');
}

/** Up to three names, and how many more. */
export function several(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

import { AppError } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import type { ChangeChoice } from './change-options.ts';

interface Asking {
  access: { id: string };
  choice: Pick<ChangeChoice, 'dryRun'>;
  context: Pick<CommandContext, 'input' | 'environment'>;
}

export interface Consent {
  /** --yes: do not ask. It is not enough in production, and for what is done to many. */
  yes: boolean;
  /** --confirm: the name of the cluster, typed beforehand. */
  confirm?: string | undefined;
  namespace: string | null;
  /** Whether it is done to so many objects that a yes is too little. */
  mass?: boolean;
}

/**
 * Asks whether something that can't be taken back shall be done; in production, and for many objects at once, the name of
 * the cluster is typed in place of a yes. Throws CANCELLED for a no, VALIDATION_ERROR where nobody is there to answer.
 */
export async function confirm(asking: Asking, question: string, consent: Consent): Promise<void> {
  const { access, choice, context } = asking;
  if (choice.dryRun !== 'none') return;
  const takesName = isProduction(asking) || consent.mass === true;
  const asked = `${question} (cluster ${access.id}${consent.namespace === null ? '' : `, namespace ${consent.namespace}`})`;
  if (isSettled(asked, access.id, consent, takesName)) return;
  if (!context.input.isTerminal) {
    const option = takesName ? `--confirm=${access.id}` : '--yes';
    throw wrong(`${asked} Nobody is there to answer.`, `Add ${option} to do it without being asked.`);
  }
  const answer = (await context.input.ask(`${asked} ${takesName ? `Type ${access.id} to go on: ` : '[y/N] '}`)).trim();
  if (takesName ? answer !== access.id : !/^y(es)?$/i.test(answer)) throw new AppError('CANCELLED', 'Nothing was changed.');
}

/** Whether others live by the cluster. */
export function isProduction({ access, context }: Pick<Asking, 'access' | 'context'>): boolean {
  return namesProduction(context.environment.QUARTERDECK_PRODUCTION, access.id);
}

/** Whether the options say enough already. */
function isSettled(asked: string, cluster: string, { yes, confirm: typed }: Consent, takesName: boolean): boolean {
  if (typed !== undefined && typed !== cluster)
    throw wrong(`--confirm=${typed} is not the cluster that this goes to, which is ${cluster}.`, 'Look which context is used.');
  if (typed === undefined && yes && takesName) {
    throw wrong(`${asked} --yes is not enough: it is production, or done to many objects.`, `Name the cluster as well: --confirm=${cluster}.`);
  }
  return typed !== undefined || yes;
}

function wrong(message: string, hint: string): AppError {
  return new AppError('VALIDATION_ERROR', message, { hint });
}

/** The names of contexts that others live by, between commas, with `*` for any letters: the same as the workbench is told. */
function namesProduction(names: string | undefined, context: string): boolean {
  const patterns = (names ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return patterns.some((pattern) => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(context));
}

/** Up to three names, and how many more. */
export function several(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

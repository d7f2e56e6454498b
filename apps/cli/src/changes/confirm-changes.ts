import { previewStep } from '@quarterdeck/cluster';
import { type ActionStep, type Change, type Danger, worstDanger } from '@quarterdeck/contract';
import { stepLines } from '../actions/action-text.ts';
import { printable } from '../output/printable.ts';
import { withProgress } from '../output/progress.ts';
import { type ChangeSession, resourceName } from './change-session.ts';
import { type Consent, confirm, isProduction, several } from './confirm.ts';

/** Beyond this, changes are counted and not written out. */
const mostShown = 5;
/** More deletions at once take the name of the cluster. */
const many = 20;

/**
 * Shows what changes do and reach, as the API server tries them, and asks. How dangerous they are is read from the requests
 * that would be sent. Throws as `confirm`.
 */
export async function confirmChanges(session: ChangeSession, changes: readonly Change[], question: string, consent: Omit<Consent, 'mass'>): Promise<void> {
  const { context, choice } = session;
  const isAsked = !consent.yes && choice.dryRun === 'none' && context.input.isTerminal;
  if (isAsked) context.err.write(await previewed(session, changes));
  await confirm(session, question, { ...consent, mass: changes.filter(({ verb }) => verb === 'delete').length > many });
}

/** As `confirmChanges`, for what can be taken back: it is asked in production alone. `verb`: what is done to the objects, `Patch`. */
export async function confirmInProduction(
  session: ChangeSession,
  changes: readonly Change[],
  verb: string,
  consent: Pick<Consent, 'yes' | 'confirm'>,
): Promise<void> {
  if (changes.length === 0 || !isProduction(session)) return;
  const question = `${verb} ${several(changes.map(({ target }) => resourceName(target)))}?`;
  await confirmChanges(session, changes, question, { yes: consent.yes, confirm: consent.confirm, namespace: sharedNamespace(changes) });
}

/** The namespace that all of them are in; null where there is none, or several. */
export function sharedNamespace(changes: readonly Change[]): string | null {
  const namespaces = new Set(changes.map(({ target }) => target.namespace));
  const [only = null] = namespaces.size === 1 ? namespaces : [null];
  return only;
}

async function previewed({ access, context }: ChangeSession, changes: readonly Change[]): Promise<string> {
  const preview = (change: Change, index: number) => previewStep(access, { change }, { stepId: String(index + 1), all: changes }, context.signal);
  const previews = await withProgress(context.err, 'Trying it', () => Promise.all(changes.slice(0, mostShown).map(preview)));
  const steps = previews.map(({ shown }) => shown);
  const columns = context.err.columns ?? 100;
  const lines = steps.flatMap((step, index) => stepLines(step, index + 1, columns));
  const more = changes.length > mostShown ? [`… and ${changes.length - mostShown} more`] : [];
  const { danger, reason } = dangerOf(steps);
  return `${[...lines, ...more, `Danger: ${danger}. ${printable(reason)}`].join('\n')}\n`;
}

function dangerOf(steps: readonly ActionStep[]): Danger {
  return worstDanger(steps.flatMap(({ preview }) => (preview === null ? [] : [preview.danger])));
}

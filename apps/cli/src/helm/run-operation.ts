import { type ClusterAccess, type HelmMachine, type HelmOperation, type HelmReleases, helmEvents, helmPreview } from '@quarterdeck/cluster';
import { AppError, type HelmEvent, parseDuration } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { withActs } from '../ledger/with-acts.ts';
import { printable } from '../output/printable.ts';
import { painter } from '../output/style.ts';
import { diffText } from './diff-text.ts';

/** The person's own Helm; what it may do to the cluster is decided by their rights there. */
function machineOf({ environment }: CommandContext): HelmMachine {
  return { environment, platform: process.platform, workingDirectory: process.cwd(), authorize: () => null };
}

/** Runs an operation and prints what is said; what is done to the cluster goes to stderr. Throws CLUSTER_ERROR where it fails. */
export async function runOperation(access: ClusterAccess, operation: HelmOperation, context: CommandContext): Promise<number> {
  await withActs(context, access.id, async (acts) => {
    for await (const event of await helmEvents(access, operation, machineOf(context), { acts, signal: context.signal })) tell(event, operation, context);
  });
  return 0;
}

function tell(event: HelmEvent, { do: verb }: HelmOperation, { out, err }: CommandContext): void {
  // Its error comes again as ours.
  if (event.type === 'said' && !(event.stream === 'stderr' && event.text.startsWith('Error: ')))
    (event.stream === 'stdout' ? out : err).write(`${printable(event.text)}\n`);
  if (event.type === 'called' && err.columns !== null) {
    const name = [event.resource, event.name].filter((part) => part !== null).join('/');
    err.write(`${painter(err.colour)('dim', `${event.verb} ${printable(name)} (${event.status})`)}\n`);
  }
  if (event.type === 'ended' && !event.succeeded) {
    throw new AppError('CLUSTER_ERROR', `The ${verb} failed: ${event.message}`, { hint: hintFor(event.message) });
  }
}

function hintFor(message: string): string {
  if (/conflict/.test(message)) return 'Somebody else set these fields since: `qd helm status` shows them, --force-conflicts takes them over.';
  return '`qd helm history` shows what was kept of it.';
}

/** Shows what an install or upgrade would change. */
export async function previewOperation(
  opened: { access: ClusterAccess; releases: HelmReleases },
  operation: Extract<HelmOperation, { do: 'install' | 'upgrade' }>,
  context: CommandContext,
): Promise<number> {
  const { diff, notes, warnings } = await helmPreview(opened.access, opened.releases, operation, machineOf(context), context.signal);
  for (const warning of warnings) context.err.write(`${printable(warning)}\n`);
  context.out.write(diffText(diff, context.out.colour));
  if (notes.trim() !== '') context.out.write(`\nNotes:\n${notes.split('\n').map(printable).join('\n').trimEnd()}\n`);
  return 0;
}

/** Throws VALIDATION_ERROR. */
export function timeoutSeconds(text: string): number {
  const seconds = (parseDuration(text) ?? 0) / 1000;
  if (seconds >= 1 && seconds <= 3_600) return Math.round(seconds);
  throw new AppError('VALIDATION_ERROR', `--timeout is "${text}", which is no duration from 1s to 1h.`, { hint: 'Give one as 90s or 5m.' });
}

/** Options together, as the operation's schema wants them. Throws VALIDATION_ERROR with the first complaint. */
export function checked<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } } },
  value: unknown,
): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new AppError('VALIDATION_ERROR', `${String(first?.path[0] ?? 'It')} ${first?.message ?? 'is not valid'}.`, { hint: 'See the help of the command.' });
}

import { apiOf, attachDraft, attachToPod, type ExecSession, execDraft, execInPod, recordSession } from '@quarterdeck/cluster';
import { type ShellQuery, shellAccess, shellQuerySchema, validationError } from '@quarterdeck/contract';
import type { Actor } from '../gate/decide.ts';
import type { Caller } from '../ledger/acts.ts';
import { admit, requireNamedCluster } from '../routes/admit.ts';
import type { Services } from '../routes/services.ts';

/** What a shell is asked for with. Throws VALIDATION_ERROR. */
export function readShellQuery(parameters: URLSearchParams): ShellQuery {
  const query = parseShellQuery(parameters);
  if (!query.success) throw validationError(query.error);
  return query.data;
}

function parseShellQuery(parameters: URLSearchParams) {
  return shellQuerySchema.safeParse({ ...Object.fromEntries(parameters), command: parameters.getAll('command') });
}

/** Lets somebody have a shell, or throws AUTH_REQUIRED, FORBIDDEN, READ_ONLY, VALIDATION_ERROR. */
export function admitShell(actor: Actor, parameters: URLSearchParams, { clusters }: Services): ShellQuery {
  if (actor.kind === 'anonymous') admit(actor, shellAccess, null);
  const query = parseShellQuery(parameters);
  const named = parameters.get('cluster') ?? undefined;
  admit(actor, shellAccess, clusters.find(named));
  requireNamedCluster(actor, shellAccess, named);
  if (!query.success) throw validationError(query.error);
  return query.data;
}

/** A shell that is written down: who, where, which command, and its exit code. */
export async function openShell(
  kind: 'exec' | 'attach',
  query: ShellQuery,
  { acts, clusters }: Services,
  caller: Caller,
  signal: AbortSignal,
): Promise<ExecSession> {
  const { cluster, namespace, pod, container, command, tty } = query;
  const runtime = clusters.seenBy(caller).get(cluster);
  const api = apiOf(await runtime.access());
  const log = acts.of(caller, runtime.source.id);
  const target = { namespace, pod, container, stdin: true, signal };
  if (kind === 'attach') return recordSession(log, attachDraft(target), () => attachToPod(api, target));
  const program = { ...target, command, tty: tty === 'true' };
  return recordSession(log, execDraft(program), () => execInPod(api, program));
}

import { apiOf, attachToPod, type ExecSession, execInPod } from '@quarterdeck/cluster';
import { type ShellQuery, shellAccess, shellQuerySchema } from '@quarterdeck/contract';
import type { Actor } from '../gate/decide.ts';
import { admit } from '../routes/admit.ts';
import type { Services } from '../routes/services.ts';
import { validationError } from '../validation/validation-error.ts';

/** Lets somebody have a shell, or throws AUTH_REQUIRED, FORBIDDEN, READ_ONLY, VALIDATION_ERROR. */
export function admitShell(actor: Actor, parameters: URLSearchParams, { clusters }: Services): ShellQuery {
  if (actor.kind === 'anonymous') admit(actor, shellAccess, null);
  const raw = { ...Object.fromEntries(parameters), command: parameters.getAll('command') };
  const query = shellQuerySchema.safeParse(raw);
  admit(actor, shellAccess, clusters.find(parameters.get('cluster') ?? undefined));
  if (!query.success) throw validationError(query.error);
  return query.data;
}

export async function openShell(kind: 'exec' | 'attach', query: ShellQuery, { clusters }: Services, signal: AbortSignal): Promise<ExecSession> {
  const { cluster, namespace, pod, container, command, tty } = query;
  const api = apiOf(await clusters.get(cluster).access());
  const target = { namespace, pod, container, stdin: true, signal };
  return kind === 'attach' ? attachToPod(api, target) : execInPod(api, { ...target, command, tty: tty === 'true' });
}

import { AppError } from '@quarterdeck/contract';
import type { Transport } from '../transport/transport.ts';
import { chooseContainer, requireRunning } from './choose-container.ts';
import type { ExecSession } from './exec-session.ts';
import { openSession } from './open-session.ts';
import { type PodName, readPod } from './read-pod.ts';

export interface ExecRequest extends PodName {
  /** Left out: the pod's default container, as kubectl finds it. */
  container?: string | undefined;
  /** The program and its arguments; no shell takes them apart. */
  command: readonly string[];
  tty?: boolean;
  /** Whether there is something to write. */
  stdin?: boolean;
  /** Ends the opening and the session. */
  signal: AbortSignal;
}

/**
 * Runs a program in a running container. Throws NOT_FOUND (pod, container), CONFLICT (it does not run), FORBIDDEN
 * (with the verb that is missing), and as the transport does. What keeps the program from starting is in `status`.
 */
export async function execInPod(api: Transport, request: ExecRequest): Promise<ExecSession> {
  const { namespace, pod, command, tty = false, stdin = false, signal } = request;
  if (command.length === 0) throw new AppError('VALIDATION_ERROR', 'No program is named.', { hint: 'Say what to run, for example sh.' });
  const container = await targetContainer(api, request);
  return openSession(api, { namespace, pod, container, subresource: 'exec', command, stdin, tty, signal });
}

/** Somebody may be allowed to run programs in a pod that they can't read: then the container must be named. */
async function targetContainer(api: Transport, { namespace, pod, container, signal }: ExecRequest): Promise<string> {
  try {
    const found = await readPod(api, { namespace, pod }, signal);
    const chosen = chooseContainer(found, container);
    requireRunning(found, chosen);
    return chosen.name;
  } catch (thrown) {
    if (container !== undefined && thrown instanceof AppError && thrown.code === 'FORBIDDEN') return container;
    throw thrown;
  }
}

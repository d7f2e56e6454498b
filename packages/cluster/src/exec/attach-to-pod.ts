import type { Transport } from '../transport/transport.ts';
import { chooseContainer, requireRunning } from './choose-container.ts';
import type { ExecSession } from './exec-session.ts';
import { openSession } from './open-session.ts';
import { type PodName, readPod } from './read-pod.ts';

export interface AttachRequest extends PodName {
  /** Left out: the pod's default container, as kubectl finds it. */
  container?: string | undefined;
  /** Whether there is something to write; it arrives only where the container's specification has `stdin: true`. */
  stdin?: boolean;
  signal: AbortSignal;
}

/**
 * The streams of a container's own program from now on. Whether it has a terminal is what its specification says, and
 * so is whether its input is open: see the session's `tty` and `stdin`. Errors: as `execInPod`.
 */
export async function attachToPod(api: Transport, { namespace, pod, container, stdin = false, signal }: AttachRequest): Promise<ExecSession> {
  const found = await readPod(api, { namespace, pod }, signal);
  const chosen = chooseContainer(found, container);
  requireRunning(found, chosen);
  const streams = { stdin: stdin && chosen.stdin, tty: chosen.tty };
  return openSession(api, { namespace, pod, container: chosen.name, subresource: 'attach', command: [], ...streams, signal });
}

import { toAppError } from '@quarterdeck/contract';
import { podPath } from '../access/resource-path.ts';
import type { Transport } from '../transport/transport.ts';
import { ChannelSession, channelProtocols } from './channel-session.ts';
import type { ExecSession } from './exec-session.ts';
import { explainRefusal } from './may-stream.ts';

export interface SessionRequest {
  namespace: string;
  pod: string;
  container: string;
  subresource: 'exec' | 'attach';
  /** Empty for `attach`. */
  command: readonly string[];
  stdin: boolean;
  tty: boolean;
  signal: AbortSignal;
}

/** Opens the WebSocket of a shell or an attachment. Throws FORBIDDEN with the verb that is missing. */
export async function openSession(api: Transport, request: SessionRequest): Promise<ExecSession> {
  const { namespace, pod, container, subresource, command, stdin, tty, signal } = request;
  const target = { namespace, pod, subresource };
  try {
    const socket = await api.socket({
      path: `${podPath(namespace, pod)}/${subresource}`,
      // With a terminal the server refuses a stream of its own for errors.
      query: { container, command, stdout: 'true', stderr: String(!tty), stdin: String(stdin), tty: String(tty) },
      protocols: channelProtocols,
      subject: { verb: 'create', resource: `pods/${subresource}`, namespace, name: pod },
      signal,
    });
    return new ChannelSession(socket, { place: { namespace, pod, container, command }, stdin, tty, signal });
  } catch (thrown) {
    throw toAppError(await explainRefusal(api, thrown, target, signal));
  }
}

import { AppError } from '@quarterdeck/contract';
import { podPath } from '../access/resource-path.ts';
import { explainRefusal } from '../exec/may-stream.ts';
import type { ApiSocket, Transport } from '../transport/transport.ts';

const channels = { data: 0, error: 1 } as const;
/** Each channel begins with the number of the port, however the messages are cut. Bytes. */
const headerLength = 2;
/** Large enough that the frames don't matter. Bytes. */
const largestWrite = 64 * 1024;

export interface TunnelAddress {
  namespace: string;
  pod: string;
  port: number;
}

/** What the node said when it could not connect, or when the connection broke. */
export class TunnelError extends AppError {
  /** Whether it was told before the program in the pod can have got a byte. */
  readonly unconnected: boolean;
  /** Whether the pod runs and no program in it listens on the port. */
  readonly refused: boolean;

  constructor(message: string, hint: string, { unconnected, refused, details }: { unconnected: boolean; refused: boolean; details: Record<string, unknown> }) {
    super('CLUSTER_UNREACHABLE', message, { hint, details });
    this.unconnected = unconnected;
    this.refused = refused;
  }
}

/**
 * One TCP connection into a pod: a WebSocket of its own, with one channel for data and one for what went wrong. There
 * is no way to end one direction alone: the protocol has no word for it.
 */
export class PodTunnel {
  private readonly socket: ApiSocket;
  private readonly address: TunnelAddress;
  private closed = false;

  private constructor(socket: ApiSocket, address: TunnelAddress) {
    this.socket = socket;
    this.address = address;
  }

  /** Throws FORBIDDEN with the missing verbs, NOT_FOUND for a pod that is gone, CLUSTER_ERROR for one that does not run. */
  static async open(api: Transport, address: TunnelAddress, signal: AbortSignal): Promise<PodTunnel> {
    const { namespace, pod, port } = address;
    try {
      const socket = await api.socket({
        path: `${podPath(namespace, pod)}/portforward`,
        query: { ports: String(port) },
        protocols: ['v4.channel.k8s.io'],
        subject: { verb: 'create', resource: 'pods/portforward', namespace, name: pod },
        signal,
      });
      return new PodTunnel(socket, address);
    } catch (thrown) {
      throw await explainRefusal(api, thrown, { namespace, pod, subresource: 'portforward' }, signal);
    }
  }

  async send(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.byteLength; at += largestWrite) {
      const part = bytes.subarray(at, at + largestWrite);
      const message = Buffer.allocUnsafe(part.byteLength + 1);
      message[0] = channels.data;
      message.set(part, 1);
      await this.socket.send(message);
    }
  }

  /** What the program sends, until it closes. Throws TunnelError for what the node says went wrong. */
  async *data(): AsyncGenerator<Uint8Array> {
    const skip = new Map<number, number>();
    let complaint = '';
    for await (const message of this.socket.messages) {
      const channel = message[0] ?? -1;
      const left = skip.get(channel) ?? headerLength;
      const payload = message.subarray(1 + Math.min(left, message.byteLength - 1));
      skip.set(channel, left - (message.byteLength - 1 - payload.byteLength));
      if (payload.byteLength === 0) continue;
      if (channel === channels.data) yield payload;
      else if (channel === channels.error) complaint += Buffer.from(payload).toString('utf8');
    }
    if (complaint !== '' && !this.closed) throw tunnelError(complaint, this.address);
  }

  /** Nothing more is wanted: what the node says from now on is no failure. */
  close(): void {
    this.closed = true;
    this.socket.close();
  }

  /** It is of no use any more; what the node said about that is still told. */
  giveUp(): void {
    this.socket.close();
  }
}

function tunnelError(complaint: string, { namespace, pod, port }: TunnelAddress): TunnelError {
  const details = { namespace, pod, port, said: complaint.trim() };
  if (/connection refused/i.test(complaint)) {
    const hint = `Check which port the program listens on, and that it listens on 127.0.0.1 or all addresses.`;
    return new TunnelError(`Nothing listens on port ${port} in the pod ${pod}: connection refused.`, hint, { unconnected: true, refused: true, details });
  }
  const unconnected = /failed to connect|dial tcp|sandbox .*(not found|not running)|network namespace .*(closed|not found)|no such file/i.test(complaint);
  const message = unconnected ? `The node could not connect to port ${port} of the pod ${pod}.` : `The connection to the pod ${pod} broke off.`;
  return new TunnelError(message, 'The pod may just be ending; its events say so.', { unconnected, refused: false, details });
}

import type { Server, Socket } from 'node:net';
import { type AppError, type ForwardPort, type ForwardRequest, type ForwardStats, toAppError } from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { type Backends, openBackends } from './backends.ts';
import { carryConnection } from './forward-connection.ts';
import { ForwardCounters } from './forward-counters.ts';
import { listenLocally } from './local-port.ts';
import { requireStream } from './require-stream.ts';

/** Ports of this machine that lead into a cluster. Whoever opened it closes it. */
export interface OpenForward {
  /** With the local ports that are used. */
  readonly ports: readonly ForwardPort[];
  stats(): ForwardStats;
  close(): Promise<void>;
}

/**
 * Listens on local ports and carries each connection to a ready pod of the target, chosen anew for each: pods may come
 * and go. Throws CONFLICT (a local port is taken), FORBIDDEN, NOT_FOUND, VALIDATION_ERROR (no such port), READ_ONLY.
 */
export async function openForward(access: ClusterAccess, request: ForwardRequest, { signal }: { signal: AbortSignal }): Promise<OpenForward> {
  const api = apiOf(access);
  const backends = await openBackends(access, request, signal);
  const forward = new LocalForward({ api, namespace: request.namespace, backends });
  try {
    const ready = request.ports.flatMap(({ remote }) => backends.ready(remote));
    await requireStream(access, { namespace: request.namespace, pod: ready[0]?.pod ?? null }, signal);
    for (const port of request.ports) await forward.listen(request.address, port);
    return forward;
  } catch (thrown) {
    await forward.close();
    throw thrown;
  }
}

interface LocalForwardOptions {
  api: ReturnType<typeof apiOf>;
  namespace: string;
  backends: Backends;
}

class LocalForward implements OpenForward {
  readonly ports: ForwardPort[] = [];
  private readonly options: LocalForwardOptions;
  private readonly counters = new ForwardCounters(Date.now);
  private readonly servers: Server[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly sockets = new Set<Socket>();
  private readonly closing = new AbortController();

  constructor(options: LocalForwardOptions) {
    this.options = options;
  }

  async listen(address: string, { local, remote }: ForwardPort): Promise<void> {
    const { server, port } = await listenLocally(address, local, (socket) => this.accept(socket, port, remote));
    this.servers.push(server);
    this.ports.push({ local: port, remote });
  }

  stats(): ForwardStats {
    return { ...this.state(), ports: this.ports, ...this.counters.stats() };
  }

  async close(): Promise<void> {
    this.closing.abort();
    const closed = this.servers.map((server) => new Promise((resolve) => server.close(resolve)));
    for (const socket of this.sockets) socket.destroy();
    await Promise.all([...closed, ...this.running]);
    await this.options.backends.close();
  }

  private accept(socket: Socket, localPort: number, remote: number | string): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    const counter = this.counters.begin(localPort);
    const run = carryConnection(socket, { ...this.options, remote, counters: this.counters, counter, signal: this.closing.signal });
    this.running.add(run);
    run.finally(() => this.running.delete(run));
  }

  private state(): Pick<ForwardStats, 'state' | 'reason'> {
    if (this.closing.signal.aborted) return { state: 'stopped', reason: null };
    try {
      const some = this.ports.every(({ remote }) => this.options.backends.ready(remote).length > 0);
      return some ? { state: 'listening', reason: null } : { state: 'noReadyPod', reason: 'No pod of the target is ready; connections wait for one.' };
    } catch (thrown) {
      return stateOf(toAppError(thrown));
    }
  }
}

function stateOf({ code, message }: AppError): Pick<ForwardStats, 'state' | 'reason'> {
  return { state: code === 'FORBIDDEN' ? 'forbidden' : 'failed', reason: message };
}

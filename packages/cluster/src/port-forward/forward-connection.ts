import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, toAppError } from '@quarterdeck/contract';
import type { Transport } from '../transport/transport.ts';
import type { Backend, Backends } from './backends.ts';
import { ClientSide } from './client-side.ts';
import type { ConnectionCounter, ForwardCounters } from './forward-counters.ts';
import { PodTunnel, TunnelError } from './pod-tunnel.ts';

/** A connection waits so long for a pod that is ready: a rollout or a restart takes seconds. Milliseconds. */
const patienceMs = 20_000;
/** A pod that failed is tried again after so long, if there is no other. Milliseconds. */
const retryMs = 300;
/**
 * A client that ended its direction may have gone for good, which TCP does not tell. So long without a byte is waited
 * for the rest of an answer, and for its beginning. Milliseconds.
 */
const restMs = 3_000;
const answerMs = 60_000;

export interface ForwardConnectionOptions {
  api: Transport;
  namespace: string;
  remote: number | string;
  backends: Backends;
  counters: ForwardCounters;
  counter: ConnectionCounter;
  signal: AbortSignal;
}

/** Carries one local connection to a pod; to another one where the first fails before it answered. Never rejects. */
export async function carryConnection(socket: Socket, options: ForwardConnectionOptions): Promise<void> {
  const { counters, counter, signal } = options;
  const gone = new AbortController();
  const connection = new CarriedConnection(socket, { ...options, signal: AbortSignal.any([signal, gone.signal]) });
  socket.on('error', () => gone.abort());
  socket.on('close', () => gone.abort());
  try {
    await connection.carry();
    socket.end();
  } catch (thrown) {
    // A client that went away is no failure of the forward.
    if (!gone.signal.aborted && !signal.aborted) counters.fail(toAppError(thrown).message);
    socket.resetAndDestroy();
  } finally {
    counters.end(counter);
  }
}

class CarriedConnection {
  private readonly options: ForwardConnectionOptions;
  private readonly client: ClientSide;
  private readonly failedAt = new Map<string, number>();
  private lastError: AppError | null = null;
  private answered = false;
  private sentAt: number | null = null;
  private heardAt = performance.now();

  constructor(socket: Socket, options: ForwardConnectionOptions) {
    this.options = options;
    this.client = new ClientSide(socket);
  }

  async carry(): Promise<void> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const backend = await this.chooseBackend(until);
      try {
        return await this.attempt(backend);
      } catch (thrown) {
        this.options.signal.throwIfAborted();
        const error = toAppError(thrown);
        if (!this.mayRepeat(thrown)) throw error;
        this.lastError = error;
        this.options.counters.note(error.message);
        this.failedAt.set(backend.pod, performance.now());
      }
    }
  }

  /** A ready pod that has not just failed; waits for one. */
  private async chooseBackend(until: number): Promise<Backend> {
    const { backends, remote, signal } = this.options;
    for (;;) {
      const ready = backends.ready(remote);
      const now = performance.now();
      const found = ready.find(({ pod }) => (this.failedAt.get(pod) ?? Number.NEGATIVE_INFINITY) + retryMs <= now);
      if (found !== undefined && !this.isHopeless(ready.length)) return found;
      if (now >= until || this.isHopeless(ready.length)) throw this.lastError ?? noReadyPod();
      await nextChange(backends, Math.min(until - now, ready.length > 0 ? retryMs : patienceMs), signal);
    }
  }

  /** Where nothing listens on the port in any of the pods, waiting longer would only hide it. */
  private isHopeless(ready: number): boolean {
    return this.lastError instanceof TunnelError && this.lastError.refused && this.failedAt.size >= Math.max(1, ready);
  }

  private mayRepeat(thrown: unknown): boolean {
    if (this.answered || !this.client.repeatable) return false;
    if (thrown instanceof TunnelError) return thrown.unconnected;
    const { code } = toAppError(thrown);
    return this.client.sent.length === 0 || code === 'NOT_FOUND' || code === 'VALIDATION_ERROR' || code === 'CLUSTER_ERROR';
  }

  private async attempt(backend: Backend): Promise<void> {
    const { api, namespace, counters, counter, signal } = this.options;
    const ending = new AbortController();
    const tunnel = await PodTunnel.open(api, { namespace, ...backend }, AbortSignal.any([signal, ending.signal]));
    counters.connected(counter, backend.pod);
    const up = this.sendUp(tunnel, ending.signal);
    up.catch(() => tunnel.giveUp()); // The other direction ends with it and tells why.
    try {
      await this.sendDown(tunnel);
    } finally {
      ending.abort();
      tunnel.close();
    }
  }

  private async sendUp(tunnel: PodTunnel, signal: AbortSignal): Promise<void> {
    const { counter } = this.options;
    for (const chunk of this.client.sent) await tunnel.send(chunk);
    const over = new Promise<'over'>((resolve) => signal.addEventListener('abort', () => resolve('over'), { once: true }));
    while (!this.client.ended) {
      const chunk = await Promise.race([this.client.next(), over]);
      if (chunk === 'over') return;
      this.client.take(chunk);
      if (chunk === null) break;
      this.sentAt ??= performance.now();
      counter.bytesOut += chunk.byteLength;
      await tunnel.send(chunk);
    }
    await this.untilQuiet(signal);
    tunnel.close();
  }

  /** After the client ended its direction: until the pod has been silent for so long that nothing more is expected. */
  private async untilQuiet(signal: AbortSignal): Promise<void> {
    const endedAt = performance.now();
    for (;;) {
      const left = Math.max(endedAt, this.heardAt) + (this.answered ? restMs : answerMs) - performance.now();
      if (left <= 0) return;
      await delay(Math.min(left, restMs), undefined, { signal });
    }
  }

  private async sendDown(tunnel: PodTunnel): Promise<void> {
    const { counter, counters } = this.options;
    const openedAt = performance.now();
    for await (const bytes of tunnel.data()) {
      this.heardAt = performance.now();
      if (!this.answered) {
        this.answered = true;
        this.client.forget();
        counters.firstByte(counter, Math.round(this.heardAt - (this.sentAt ?? openedAt)));
      }
      counter.bytesIn += bytes.byteLength;
      await this.client.write(bytes);
    }
  }
}

function noReadyPod(): AppError {
  return new AppError('NOT_FOUND', 'No pod is ready.', { hint: 'Look at the pods of the target: none is running and ready.' });
}

async function nextChange(backends: Backends, milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds)));
  try {
    await backends.nextChange(AbortSignal.any([signal, over]));
  } catch (thrown) {
    if (signal.aborted || !over.aborted) throw thrown;
  }
}

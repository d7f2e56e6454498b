import { AppError, type ClientFrame, clientFrameSchema, errorBody, type ServerFrame, toAppError, validationError, type Window } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Actor } from '../gate/decide.ts';
import { unexpected } from '../routes/error-border.ts';
import { newRequestId } from '../routes/request-id.ts';
import type { Services } from '../routes/services.ts';
import type { FrameBody, FrameSink, LiveSubscription } from './frame-sink.ts';
import { clusterOf, openSubscription, type SubscribeFrame } from './open-subscription.ts';

/** The part of a WebSocket that a connection uses. */
export interface LiveSocket {
  readonly bufferedAmount: number;
  send(data: string): void;
}

/** Beyond so many bytes that the client has not taken yet, it gets no deltas but a fresh snapshot once it has caught up. */
const congestion = 1024 * 1024;
/** A page has a table, the issues and the clusters open; a client that wants so many more has a fault. */
const mostSubscriptions = 64;

interface Entry {
  frame: SubscribeFrame;
  sink: FrameSink;
  /** The cluster that it was opened for; null for what is about none. */
  cluster: string | null;
  opening: AbortController;
  subscription: LiveSubscription | null;
}

/** All subscriptions of one socket. `close` releases everything. */
export class LiveConnection {
  private readonly socket: LiveSocket;
  private readonly actor: Actor;
  private readonly services: Services;
  private readonly entries = new Map<string, Entry>();
  private readonly endReplaced: () => void;

  constructor(socket: LiveSocket, actor: Actor, services: Services) {
    this.socket = socket;
    this.actor = actor;
    this.services = services;
    this.endReplaced = services.clusters.seenBy({ actor }).onReplaced((cluster) => this.renew(cluster));
  }

  /** One message of the client. Throws VALIDATION_ERROR for what is no frame and names no subscription that could be told. */
  async receive(text: string): Promise<void> {
    const raw = parseJson(text);
    const frame = clientFrameSchema.safeParse(raw);
    if (frame.success) return this.handle(frame.data);
    const named = z.object({ id: z.string().min(1).max(64) }).safeParse(raw);
    const error = validationError(frame.error);
    if (!named.success) throw error;
    this.fail(named.data.id, error);
  }

  close(): void {
    this.endReplaced();
    for (const id of [...this.entries.keys()]) this.end(id);
  }

  private async handle(frame: ClientFrame): Promise<void> {
    if (frame.type === 'unsubscribe') return this.end(frame.id);
    try {
      if (frame.type === 'moveWindow') this.moveWindow(frame.id, frame.window);
      else await this.subscribe(frame);
    } catch (thrown) {
      this.fail(frame.id, toAppError(thrown));
    }
  }

  private async subscribe(frame: SubscribeFrame): Promise<void> {
    if (this.entries.has(frame.id)) throw new AppError('CONFLICT', `There is a subscription "${frame.id}" already.`, { hint: 'Choose another id.' });
    if (this.entries.size >= mostSubscriptions)
      throw new AppError('RATE_LIMITED', `A connection may have ${mostSubscriptions} subscriptions.`, { hint: 'End some first.' });
    const cluster = clusterOf(frame, this.services.clusters.seenBy({ actor: this.actor }))?.source.id ?? null;
    await this.openEntry({ frame, sink: this.sinkOf(frame.id), cluster, opening: new AbortController(), subscription: null });
  }

  private async openEntry(entry: Entry): Promise<void> {
    const { id } = entry.frame;
    this.entries.set(id, entry);
    try {
      await this.open(entry);
    } catch (thrown) {
      if (entry.opening.signal.aborted) return;
      this.entries.delete(id);
      throw thrown;
    }
  }

  private moveWindow(id: string, window: Window): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    if ('window' in entry.frame) entry.frame = { ...entry.frame, window };
    entry.subscription?.moveWindow?.(window);
  }

  /** The cluster has another login or server: what was open of it has ended and begins anew, with a snapshot. */
  private renew(cluster: string): void {
    for (const [id, entry] of [...this.entries]) {
      if (entry.cluster !== cluster) continue;
      this.end(id);
      if (!beginsAnew(entry.frame)) {
        this.fail(id, new AppError('CANCELLED', `The connection to ${cluster} was made anew: its login or server changed.`, { hint: 'Open it again.' }));
        continue;
      }
      this.openEntry({ ...entry, opening: new AbortController(), subscription: null }).catch((thrown: unknown) => this.fail(id, toAppError(thrown)));
    }
  }

  /** The subscription may have been ended while it was being opened: then what was opened is closed again. */
  private async open(entry: Entry): Promise<void> {
    const { frame, sink, opening } = entry;
    const { signal } = opening;
    const subscription = await openSubscription(frame, { actor: this.actor, services: this.services, sink, signal });
    if (signal.aborted) subscription.close();
    else entry.subscription = subscription;
  }

  private end(id: string): void {
    const entry = this.entries.get(id);
    this.entries.delete(id);
    entry?.opening.abort();
    entry?.subscription?.close();
  }

  private sinkOf(id: string): FrameSink {
    let seq = 0;
    return {
      send: (body: FrameBody) => {
        seq += 1;
        this.send({ ...body, id, seq });
      },
      fail: (error) => this.fail(id, error),
      congested: () => this.socket.bufferedAmount > congestion,
    };
  }

  private fail(id: string, error: AppError): void {
    const requestId = newRequestId();
    if (error.code === 'INTERNAL_ERROR') this.services.log.error({ err: error, requestId }, 'A live subscription failed unexpectedly.');
    this.send({ type: 'failed', id, error: errorBody(error.code === 'INTERNAL_ERROR' ? unexpected(requestId) : error, requestId) });
  }

  private send(frame: ServerFrame): void {
    this.socket.send(JSON.stringify(frame));
  }
}

/** What shows a state can be shown again; what is a stream of things that happened (a log, a shell) would repeat or lose some. */
function beginsAnew({ type }: SubscribeFrame): boolean {
  return type === 'subscribeIssues' || type === 'subscribeIssue' || type === 'subscribeResources' || type === 'subscribeForwards' || type === 'subscribeEvents';
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

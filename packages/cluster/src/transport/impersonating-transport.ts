import { AppError } from '@quarterdeck/contract';
import type { Impersonation, RelayRequest, SocketRequest, StreamRequest, Transport, TransportRequest } from './transport.ts';

/** Names that the cluster itself acts under, or that give rights to everybody. */
const ownPrefix = 'system:';

/** Every request in the name of one person. It owns nothing: `close` leaves the shared transport open. */
export class ImpersonatingTransport implements Transport {
  private readonly inner: Transport;
  private readonly who: Impersonation;

  /** Throws VALIDATION_ERROR for a name of the cluster's own. */
  constructor(inner: Transport, who: Impersonation) {
    const taken = [who.user, ...who.groups].find((name) => name === '' || name.startsWith(ownPrefix));
    if (taken !== undefined)
      throw new AppError('VALIDATION_ERROR', `Nobody may act as "${taken}".`, { hint: `Names that begin with ${ownPrefix} are the cluster's own.` });
    this.inner = inner;
    this.who = who;
  }

  json(request: TransportRequest): Promise<unknown> {
    return this.inner.json(this.named(request));
  }

  text(request: TransportRequest, maxBytes: number): Promise<string> {
    return this.inner.text(this.named(request), maxBytes);
  }

  stream(request: StreamRequest): ReturnType<Transport['stream']> {
    return this.inner.stream(this.named(request));
  }

  bytes(request: StreamRequest): ReturnType<Transport['bytes']> {
    return this.inner.bytes(this.named(request));
  }

  socket(request: SocketRequest): ReturnType<Transport['socket']> {
    return this.inner.socket(this.named(request));
  }

  relay(request: RelayRequest): ReturnType<Transport['relay']> {
    return this.inner.relay(this.named(request));
  }

  async close(): Promise<void> {
    // The transport is shared; its owner closes it.
  }

  private named<Request extends object>(request: Request): Request & { as: Impersonation } {
    return { ...request, as: this.who };
  }
}

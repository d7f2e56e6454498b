import { once } from 'node:events';
import type { Socket } from 'node:net';

/** What the client sent first is kept for a second try, up to so many bytes. */
const keptBytes = 256 * 1024;

/** The local end of a connection, read piece by piece, so that another tunnel can go on where one failed. */
export class ClientSide {
  private readonly socket: Socket;
  private readonly chunks: AsyncIterator<Buffer>;
  private pending: Promise<Buffer | null> | null = null;
  private early: Buffer[] | null = [];
  private earlyBytes = 0;
  /** Whether the client said that it sends no more. */
  ended = false;

  constructor(socket: Socket) {
    this.socket = socket;
    this.chunks = socket.iterator({ destroyOnReturn: false });
  }

  /** Whether all that the client sent could be sent again. */
  get repeatable(): boolean {
    return this.early !== null;
  }

  /** What was sent so far. */
  get sent(): readonly Buffer[] {
    return this.early ?? [];
  }

  /** From now on nothing is kept: the program has answered. */
  forget(): void {
    this.early = null;
  }

  /** The next piece, null at the end; the same one again until it is taken. */
  next(): Promise<Buffer | null> {
    this.pending ??= this.chunks.next().then(({ done, value }) => (done === true ? null : value));
    return this.pending;
  }

  take(chunk: Buffer | null): void {
    this.pending = null;
    if (chunk === null) this.ended = true;
    else this.keep(chunk);
  }

  /** Resolves when the client has room for more. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.socket.destroyed || this.socket.write(bytes)) return;
    await Promise.race([once(this.socket, 'drain'), once(this.socket, 'close')]);
  }

  private keep(chunk: Buffer): void {
    this.early?.push(chunk);
    this.earlyBytes += chunk.byteLength;
    if (this.earlyBytes > keptBytes) this.early = null;
  }
}

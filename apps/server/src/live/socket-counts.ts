import { AppError } from '@quarterdeck/contract';

/** How many WebSockets each person has open, of each endpoint. */
export class SocketCounts {
  private readonly open = new Map<string, number>();

  /** Throws RATE_LIMITED where somebody has that many already. */
  check(key: string, most: number): void {
    if ((this.open.get(key) ?? 0) < most) return;
    const hint = 'Close some first.';
    throw new AppError('RATE_LIMITED', `There are ${most} connections of this kind open already.`, { hint, details: { retryAfterSeconds: 5 } });
  }

  add(key: string, socket: { once(event: 'close', listener: () => void): unknown }): void {
    this.open.set(key, (this.open.get(key) ?? 0) + 1);
    socket.once('close', () => {
      const left = (this.open.get(key) ?? 1) - 1;
      if (left === 0) this.open.delete(key);
      else this.open.set(key, left);
    });
  }
}

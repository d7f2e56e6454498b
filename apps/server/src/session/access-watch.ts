import { AppError, toAppError } from '@quarterdeck/contract';
import type { Logger } from 'pino';
import type { Actor } from '../gate/decide.ts';
import { isSameAccess } from '../identity/effective-access.ts';
import type { Entrance } from './entrance.ts';

/** Sessions end by themselves, too. Milliseconds. */
const lookEvery = 60_000;
/** The WebSocket close code; the range 4000 to 4999 is for applications (RFC 6455, section 7.4.2). */
export const accessChangedCode = 4401;
export const accessChangedReason = 'Your login has ended, or what you may do has changed.';

/** Ends what people have open once their login has ended, or they may do or see something else than when they opened it. */
export class AccessWatch {
  private readonly entrance: Pick<Entrance, 'renewed' | 'onChanged'>;
  private readonly log: Logger;
  private readonly open = new Map<() => void, Actor>();
  private readonly timer: NodeJS.Timeout;
  private readonly leave: Promise<() => Promise<void>>;

  constructor(entrance: Pick<Entrance, 'renewed' | 'onChanged'>, log: Logger) {
    this.entrance = entrance;
    this.log = log;
    this.timer = setInterval(() => this.look(), lookEvery).unref();
    this.leave = entrance.onChanged(() => this.look());
  }

  /** Calls `end` when it is time, at most once; gives what says that nothing is open any more. */
  add(actor: Actor, end: () => void): () => void {
    this.open.set(end, actor);
    // It may have changed since they were let in.
    this.check(end, actor);
    return () => void this.open.delete(end);
  }

  /** A signal that is aborted when it is time. */
  until(actor: Actor): { signal: AbortSignal; release(): void } {
    const ending = new AbortController();
    const release = this.add(actor, () => ending.abort(new AppError('CANCELLED', accessChangedReason, { hint: 'Log in and open it again.' })));
    return { signal: ending.signal, release };
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.open.clear();
    await (await this.leave)();
  }

  private look(): void {
    for (const [end, actor] of this.open) this.check(end, actor);
  }

  private check(end: () => void, actor: Actor): void {
    this.entrance.renewed(actor).then(
      (now) => {
        if (!isSameAccess(actor, now) && this.open.delete(end)) end();
      },
      (thrown: unknown) => this.log.warn({ err: toAppError(thrown) }, 'It could not be looked up whether somebody may still be connected.'),
    );
  }
}

import { toAppError } from '@quarterdeck/contract';
import type { Logger } from 'pino';
import type { Actor } from '../gate/decide.ts';
import { isSameAccess } from '../identity/effective-access.ts';
import type { Entrance } from '../session/entrance.ts';

/** The part of a WebSocket that is watched. */
export interface WatchedSocket {
  close(code: number, reason: string): void;
  once(event: 'close', listener: () => void): unknown;
}

/** Sessions end by themselves, too. Milliseconds. */
const lookEvery = 60_000;
/** The range 4000 to 4999 is for applications (RFC 6455, section 7.4.2). */
export const accessChangedCode = 4401;

/** Closes sockets of people whose login has ended, or who may do or see something else than when they opened it. */
export class SocketWatch {
  private readonly entrance: Pick<Entrance, 'renewed' | 'onChanged'>;
  private readonly log: Logger;
  private readonly open = new Map<WatchedSocket, Actor>();
  private readonly timer: NodeJS.Timeout;
  private readonly leave: Promise<() => Promise<void>>;

  constructor(entrance: Pick<Entrance, 'renewed' | 'onChanged'>, log: Logger) {
    this.entrance = entrance;
    this.log = log;
    this.timer = setInterval(() => this.look(), lookEvery).unref();
    this.leave = entrance.onChanged(() => this.look());
  }

  add(socket: WatchedSocket, actor: Actor): void {
    this.open.set(socket, actor);
    socket.once('close', () => this.open.delete(socket));
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await (await this.leave)();
  }

  private look(): void {
    for (const [socket, actor] of this.open) {
      this.entrance.renewed(actor).then(
        (now) => {
          if (!isSameAccess(actor, now)) socket.close(accessChangedCode, 'Your login has ended, or what you may do has changed.');
        },
        (thrown: unknown) => this.log.warn({ err: toAppError(thrown) }, 'It could not be looked up whether somebody may still be connected.'),
      );
    }
  }
}

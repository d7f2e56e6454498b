import { AppError } from '@quarterdeck/contract';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import type { Actor } from '../gate/decide.ts';
import { networkOf } from '../session/peer-address.ts';

/** What one person, or one address, may ask of the workbench. Every refusal is RATE_LIMITED and says when to come back. */
export interface CallLimits {
  /** One more call from an address, whoever it is. */
  ofAddress(address: string): Promise<void>;
  /** One more call from an address by somebody who is not known: guessing has to be slow. */
  ofStranger(address: string): Promise<void>;
  /** One more call of somebody who is known. Gives what says that it is over. */
  begin(actor: Actor): Promise<() => void>;
}

/** Counted over these many seconds, so that a page that opens may ask for much at once. */
const span = 10;
/** Of an address in a span, as a multiple of what one person may: an office has one address. */
const peoplePerAddress = 5;
/** Of somebody who is not known in a minute, as a multiple of what a known person may in a second. */
const strangerShare = 1.2;
/** Streams count as long as they run. */
const mostAtOnce = 100;

/** `callsPerSecond`: of one person, on average. */
export function createCallLimits(shared: Pick<SharedMemory, 'limiter'>, callsPerSecond: number): CallLimits {
  const points = Math.ceil(callsPerSecond * span);
  const people = shared.limiter({ name: 'calls-person', points, seconds: span });
  const addresses = shared.limiter({ name: 'calls-address', points: points * peoplePerAddress, seconds: span });
  const strangers = shared.limiter({ name: 'calls-stranger', points: Math.ceil(callsPerSecond * strangerShare), seconds: 60 });
  const running = new Map<string, number>();
  return {
    ofAddress: (address) => within(addresses, networkOf(address), 'There are too many calls from this address.'),
    ofStranger: (address) => within(strangers, networkOf(address), 'There were too many calls from this address that did not say who asks.'),
    async begin({ id }) {
      await within(people, id, 'There are too many calls.');
      const before = running.get(id) ?? 0;
      if (before >= mostAtOnce) throw tooMany(`There are ${mostAtOnce} calls running already.`, 1);
      running.set(id, before + 1);
      return once(() => {
        const left = (running.get(id) ?? 1) - 1;
        if (left === 0) running.delete(id);
        else running.set(id, left);
      });
    },
  };
}

/** For calls that come over no socket. */
export const noLimits: CallLimits = { ofAddress: async () => undefined, ofStranger: async () => undefined, begin: async () => () => undefined };

async function within(limiter: ReturnType<SharedMemory['limiter']>, key: string, message: string): Promise<void> {
  const { allowed, retryAfterMs } = await limiter.consume(key);
  if (!allowed) throw tooMany(message, Math.ceil(retryAfterMs / 1000));
}

function tooMany(message: string, retryAfterSeconds: number): AppError {
  return new AppError('RATE_LIMITED', message, { hint: `Try again in ${retryAfterSeconds} s.`, details: { retryAfterSeconds } });
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}

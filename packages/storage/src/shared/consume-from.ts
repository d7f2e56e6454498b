import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance } from './shared-memory.ts';

/** A limiter of the library as ours: too many is an answer and no exception. */
export function consumeFrom(limiter: RateLimiterAbstract, points: number): { consume(key: string): Promise<Allowance> } {
  return {
    async consume(key) {
      try {
        return { allowed: true, remaining: (await limiter.consume(key)).remainingPoints, retryAfterMs: 0 };
      } catch (thrown) {
        if (!(thrown instanceof RateLimiterRes)) throw thrown;
        return { allowed: false, remaining: Math.max(0, points - thrown.consumedPoints), retryAfterMs: thrown.msBeforeNext };
      }
    },
  };
}

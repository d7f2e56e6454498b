import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { CredentialCache, type Obtained } from './credential-cache.ts';

const { signal } = new AbortController();
const minute = 60_000;

/** A cache over a source whose answers the test gives, one an attempt. */
function cacheOver(lifetimeMs: number | null) {
  const clock = new ManualClock();
  const attempts: { signal: AbortSignal; answer(): void; fail(): void }[] = [];
  const cache = new CredentialCache((stop) => {
    const token = `t${attempts.length + 1}`;
    return new Promise<Obtained>((resolve, reject) => {
      const credentials = { authorization: token, clientCertificate: null, clientKey: null, refusal: null };
      const answer = () => resolve({ credentials, expiresAt: lifetimeMs === null ? null : clock.now() + lifetimeMs });
      attempts.push({ signal: stop, answer, fail: () => reject(new Error(`no ${token}`)) });
    });
  }, clock.now);
  const get = async () => {
    const asked = cache.current(signal);
    attempts.at(-1)?.answer();
    return asked;
  };
  return { clock, attempts, cache, get };
}

describe('kept credentials', () => {
  it('are obtained once for all who ask at the same time, and used until a minute before their end', async () => {
    const { cache, attempts, clock, get } = cacheOver(10 * minute);
    const asked = [cache.current(signal), cache.current(signal), cache.current(signal)];
    attempts[0]?.answer();
    const [first, ...others] = await Promise.all(asked);
    expect(others.every((one) => one === first)).toBe(true);
    clock.advance(9 * minute - 1);
    expect(await get()).toBe(first);
    clock.advance(1);
    expect((await get()).authorization).toBe('t2');
    expect(attempts).toHaveLength(2);
  });

  it('that live shortly lose a fifth of it; those without an end are kept; those born expired serve a second', async () => {
    for (const [lifetimeMs, usedMs] of [
      [2_000, 1_600],
      [-5_000, 1_000],
    ] as const) {
      const { clock, get } = cacheOver(lifetimeMs);
      expect((await get()).authorization).toBe('t1');
      clock.advance(usedMs - 1);
      expect((await get()).authorization).toBe('t1');
      clock.advance(1);
      expect((await get()).authorization).toBe('t2');
    }
    const endless = cacheOver(null);
    await endless.get();
    endless.clock.advance(10_000 * minute);
    expect((await endless.get()).authorization).toBe('t1');
  });

  it('are replaced once when many requests are refused at the same time', async () => {
    const { cache, attempts, get } = cacheOver(null);
    const refused = await get();
    const renewals = [cache.renew(refused, signal), cache.renew(refused, signal)];
    attempts.at(-1)?.answer();
    const [one, other] = await Promise.all(renewals);
    expect([one?.authorization, other]).toEqual(['t2', one]);
    expect(await cache.renew(refused, signal)).toBe(one);
    expect(attempts).toHaveLength(2);
  });

  it('that are refused again and again are not obtained anew each time', async () => {
    const { cache, attempts, clock, get } = cacheOver(null);
    const renew = async () => {
      const renewed = cache.renew(await get(), signal);
      attempts.at(-1)?.answer();
      return (await renewed)?.authorization ?? null;
    };
    expect([await renew(), await renew()]).toEqual(['t2', null]);
    clock.advance(10_000);
    expect([await renew(), await renew()]).toEqual(['t3', null]);
    clock.advance(10_000);
    expect(await renew()).toBeNull();
    clock.advance(10_000);
    expect(await renew()).toBe('t4');
  });
});

describe('a source that fails', () => {
  it('is left alone for a while, its error repeated', async () => {
    const { cache, attempts, clock, get } = cacheOver(null);
    const asked = [cache.current(signal), cache.current(signal)];
    attempts[0]?.fail();
    await expect(Promise.all(asked)).rejects.toThrow('no t1');
    await expect(cache.current(signal)).rejects.toThrow('no t1');
    clock.advance(10_000);
    expect((await get()).authorization).toBe('t2');
  });

  it('is tried at once where a person says that it works now', async () => {
    const { cache, attempts } = cacheOver(null);
    const asked = cache.current(signal);
    attempts[0]?.fail();
    await expect(asked).rejects.toThrow('no t1');
    await expect(cache.current(signal)).rejects.toThrow('no t1');
    cache.retryNow();
    const again = cache.current(signal);
    attempts[1]?.answer();
    expect((await again).authorization).toBe('t2');
  });

  it('is stopped when the last who waits goes, and not before', async () => {
    const { cache, attempts, get } = cacheOver(null);
    const one = new AbortController();
    const other = new AbortController();
    const asked = [cache.current(one.signal), cache.current(other.signal)];
    one.abort();
    await expect(asked[0]).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(attempts[0]?.signal.aborted).toBe(false);
    other.abort();
    await expect(asked[1]).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(attempts[0]?.signal.aborted).toBe(true);
    attempts[0]?.fail();
    expect((await get()).authorization).toBe('t2');
  });
});

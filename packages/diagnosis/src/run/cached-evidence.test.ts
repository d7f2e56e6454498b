import type { EvidenceRequest } from '@quarterdeck/cluster';
import { describe, expect, it } from 'vitest';
import { logAnswer } from '../testing/index.ts';
import { CachedEvidence, evidenceLifetime } from './cached-evidence.ts';

const logOf = (pod: string): EvidenceRequest => ({ need: 'log', namespace: 'shop', pod, container: 'app', previous: false, lines: 10 });
const { signal } = new AbortController();

async function cacheOf(pods: readonly string[], isSteady: (pod: string) => boolean) {
  let now = 0;
  const evidence = new CachedEvidence({
    reader: { read: () => Promise.resolve(logAnswer([])) },
    now: () => now,
    secretVersion: () => '',
    isSteady: (request) => request.need === 'log' && isSteady(request.pod),
  });
  for (const pod of pods) await evidence.read(logOf(pod), signal);
  const nextAt = evidence.keep(pods.map(logOf));
  const believedAfter = (pod: string, milliseconds: number) => {
    now = milliseconds;
    return evidence.isBelieved(logOf(pod));
  };
  return { nextAt, believedAfter };
}

const many = Array.from({ length: 200 }, (_, index) => `web-${index}`);

describe('logs that were read', () => {
  it('are read again soon, where they are few or of something that is not well', async () => {
    const few = await cacheOf(['a', 'b'], () => true);
    expect([few.nextAt, few.believedAfter('a', evidenceLifetime - 1), few.believedAfter('a', evidenceLifetime)]).toEqual([evidenceLifetime, true, false]);
    const ill = await cacheOf([...many, 'ill'], (pod) => pod !== 'ill');
    expect([ill.nextAt, ill.believedAfter('ill', evidenceLifetime)]).toEqual([evidenceLifetime, false]);
  });

  it('are read the more seldom the more of them are of containers that are well', async () => {
    const { nextAt, believedAfter } = await cacheOf(many, () => true);
    expect(nextAt).toBe(60_000);
    expect([believedAfter('web-7', 59_999), believedAfter('web-7', 60_000)]).toEqual([true, false]);
    const huge = await cacheOf(
      Array.from({ length: 5000 }, (_, index) => `web-${index}`),
      () => true,
    );
    expect(huge.nextAt).toBe(600_000);
  });

  it('are forgotten when nobody asks for them', async () => {
    const evidence = new CachedEvidence({
      reader: { read: () => Promise.resolve(logAnswer([])) },
      now: () => 0,
      secretVersion: () => '',
      isSteady: () => false,
    });
    await evidence.read(logOf('a'), signal);
    expect(evidence.keep([])).toBeNull();
    expect(evidence.isBelieved(logOf('a'))).toBe(false);
  });
});

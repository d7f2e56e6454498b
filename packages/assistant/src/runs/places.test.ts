import { usualAssistantLimits } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { Places } from './places.ts';

const ada = { user: 'ada', organisation: null };
const bob = { user: 'bob', organisation: null };
const { signal } = new AbortController();
const places = () => new Places({ runsSince: async () => [] }, () => Date.parse('2026-03-01T00:30:00Z'));
const limits = { ...usualAssistantLimits, costPerUserAndDay: 1.5, costPerMonth: 2.5 };

it('counts the money of what is being written, of one person and of all', async () => {
  const held = places();
  const first = await held.take(ada, limits);
  expect(first.limits.costPerAnswer).toBe(1);
  expect((await held.take(ada, limits)).limits.costPerAnswer).toBe(0.5);
  await expect(held.take(ada, limits)).rejects.toMatchObject({ code: 'RATE_LIMITED', message: expect.stringContaining('being answered now') });
  expect((await held.take(bob, limits)).limits.costPerAnswer).toBe(1);
  await expect(held.take(bob, limits)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  first.free();
  expect((await held.take(bob, limits)).limits.costPerAnswer).toBe(0.5);
  expect((await places().take(ada, usualAssistantLimits)).alerts).toEqual([]);
});

it('gives two that ask at one moment no more than there is', async () => {
  const held = places();
  const asked = await Promise.allSettled([held.take(ada, { ...limits, costPerAnswer: null }), held.take(ada, { ...limits, costPerAnswer: null })]);
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

it('ends what takes too long, and has its place back', async () => {
  const held = places();
  const waiting = (limited: AbortSignal) => new Promise<never>((_, reject) => limited.addEventListener('abort', () => reject(limited.reason)));
  await expect(held.within(ada, { ...limits, secondsPerAnswer: 0.02 }, signal, waiting)).rejects.toMatchObject({
    code: 'TIMEOUT',
    message: 'The model did not answer within 0.02 s.',
  });
  expect(held.inFlight(ada)).toEqual({ messages: 0, user: 0, all: 0 });
});

import { type RunSummary, usualAssistantLimits } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { checkSpending, limitsLeft, spentBy } from './spending.ts';
import { usageReport } from './usage-report.ts';

const now = Date.parse('2026-03-01T00:30:00Z');
const ada = { user: 'ada', organisation: null };

function run(at: string, change: Partial<RunSummary> = {}): RunSummary {
  const usage = { input: 100, cacheRead: 40, cacheWrite: 0, output: 10, estimated: false };
  return {
    ...{ id: at, purpose: 'chat', user: 'ada', organisation: null, cluster: null, conversation: null, message: null, at, prompt: 'assistant@1' },
    ...{
      model: 'p/m',
      usage,
      cost: 1,
      firstTextMs: 100,
      tookMs: 1_000,
      retries: 0,
      state: 'complete',
      error: null,
      cached: false,
      rating: null,
      replayOf: null,
    },
    ...change,
  };
}

/** As the storage does: since a moment, the oldest first. */
const storeOf = (runs: readonly RunSummary[]) => ({ runsSince: async (_organisation: string | null, since: string) => runs.filter(({ at }) => at >= since) });

describe('what is spent', () => {
  const runs = [
    run('2026-02-28T23:00:00Z'),
    run('2026-02-28T23:40:00Z'),
    run('2026-03-01T00:10:00Z'),
    run('2026-03-01T00:20:00Z', { user: 'bob', cost: 5 }),
    run('2026-03-01T00:25:00Z', { purpose: 'prefetch', cost: 0.5 }),
    run('2026-03-01T00:26:00Z', { cost: null }),
  ];

  it('is counted by the hour, the day and the month, of one person and of all, over the end of a month', async () => {
    expect(await spentBy(storeOf(runs), ada, now)).toEqual({ messagesThisHour: 3, userToday: 1.5, userThisMonth: 1.5, allThisMonth: 6.5, prefetchToday: 0.5 });
  });

  it.each([
    [{ messagesPerHour: 3 }, '3 messages in an hour'],
    [{ costPerUserAndDay: 1.5 }, '$1.5 a day for one person'],
    [{ costPerUserAndMonth: 1 }, '$1 a month for one person'],
    [{ costPerMonth: 6 }, '$6 a month for all'],
  ])('is refused at %j', async (limits, words) => {
    const spent = await spentBy(storeOf(runs), ada, now);
    expect(() => checkSpending({ ...usualAssistantLimits, ...limits }, spent)).toThrow(words);
  });

  it('is told when four fifths are gone, with what is left', async () => {
    const spent = await spentBy(storeOf(runs), ada, now);
    const limits = { ...usualAssistantLimits, messagesPerHour: 10, costPerUserAndDay: 1.6, costPerMonth: 100 };
    expect(() => checkSpending(limits, spent)).not.toThrow();
    expect(limitsLeft(limits, spent)).toEqual({
      messagesLeftThisHour: 7,
      costLeftToday: expect.closeTo(0.1),
      costLeftThisMonth: 93.5,
      alerts: ['$1.50 of $1.6 a day for one person are used.'],
    });
  });
});

it('a report counts what was asked and what was given again', () => {
  const times = Array.from({ length: 100 }, (_, index) => run(`2026-03-01T00:00:${String(index).padStart(2, '0')}Z`, { tookMs: index + 1 }));
  const others = [
    run('2026-03-02T00:00:00Z', { cached: true, cost: 0, rating: 'up' }),
    run('2026-03-02T00:00:01Z', { state: 'failed', retries: 2, cost: null, rating: 'down' }),
  ];
  const limits = { messagesLeftThisHour: null, costLeftToday: null, costLeftThisMonth: null, alerts: [] };
  expect(usageReport([...times, ...others], '2026-03-01T00:00:00Z', limits)).toMatchObject({
    ...{ runs: 102, latency: { p50: 51, p95: 96, p99: 100 }, cacheHitRate: 1 / 102, errorRate: 1 / 101, retryRate: 1 / 101, satisfaction: 0.5 },
    ...{
      cost: 100,
      unpriced: 1,
      tokens: { input: 10_200, output: 1_020 },
      byDay: [
        { day: '2026-03-01', runs: 100 },
        { day: '2026-03-02', runs: 2 },
      ],
    },
  });
  expect(usageReport([], '2026-03-01T00:00:00Z', limits)).toMatchObject({ latency: { p50: null }, cacheHitRate: null, satisfaction: null });
});

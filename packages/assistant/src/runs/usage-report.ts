import type { RunSummary, TokenUsage, UsageReport, UsageTotals } from '@quarterdeck/contract';
import { addUsage, noUsage } from '../turn/turn-usage.ts';

/** The numbers of many runs. `limits` come from who asks. */
export function usageReport(runs: readonly RunSummary[], since: string, limits: UsageReport['limits']): UsageReport {
  const asked = runs.filter(({ cached }) => !cached);
  const rated = runs.filter(({ rating }) => rating !== null);
  return {
    since,
    runs: runs.length,
    latency: quantiles(asked.map(({ tookMs }) => tookMs)),
    firstText: quantiles(asked.flatMap(({ firstTextMs }) => firstTextMs ?? [])),
    cacheHitRate: share(runs, ({ cached }) => cached),
    errorRate: share(asked, ({ state }) => state === 'failed'),
    retryRate: share(asked, ({ retries }) => retries > 0),
    satisfaction: share(rated, ({ rating }) => rating === 'up'),
    tokens: runs.map(({ usage }) => usage).reduce(addUsage, noUsage),
    cost: runs.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
    unpriced: runs.filter(({ cost }) => cost === null).length,
    byUser: totalsBy(runs, ({ user }) => user).map(([user, totals]) => ({ user, ...totals })),
    byDay: totalsBy(runs, ({ at }) => at.slice(0, 10)).map(([day, totals]) => ({ day, ...totals })),
    byModel: totalsBy(runs, ({ model }) => model ?? 'none').map(([model, totals]) => ({ model, ...totals })),
    limits,
  };
}

function share<T>(all: readonly T[], counts: (one: T) => boolean): number | null {
  return all.length === 0 ? null : all.filter(counts).length / all.length;
}

/** By the nearest rank. */
function quantiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function totalsBy(runs: readonly RunSummary[], keyOf: (run: RunSummary) => string): [string, UsageTotals][] {
  return [...Map.groupBy(runs, keyOf)].map(([key, own]): [string, UsageTotals] => [
    key,
    {
      runs: own.length,
      tokens: own.reduce((sum, { usage }) => sum + tokensOf(usage), 0),
      cost: own.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
      unpriced: own.filter(({ cost }) => cost === null).length,
    },
  ]);
}

function tokensOf({ input, output }: TokenUsage): number {
  return input + output;
}

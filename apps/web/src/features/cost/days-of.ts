import type { UsageReport } from '@quarterdeck/contract';

const day = 86_400_000;

export type UsedDay = UsageReport['byDay'][number];

/** Every day of the time, also those on which nobody asked: a chart without them would lie. Days are those of UTC. */
export function daysOf({ since, byDay }: Pick<UsageReport, 'since' | 'byDay'>, now: number): UsedDay[] {
  const used = new Map(byDay.map((each) => [each.day, each]));
  const days: UsedDay[] = [];
  for (let at = Date.parse(`${since.slice(0, 10)}T00:00:00Z`); at <= now; at += day) {
    const name = new Date(at).toISOString().slice(0, 10);
    days.push(used.get(name) ?? { day: name, runs: 0, tokens: 0, cost: 0, unpriced: 0 });
  }
  return days;
}

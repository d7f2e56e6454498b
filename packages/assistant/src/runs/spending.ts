import { AppError, type AssistantLimits, type AssistantStore, type Owner, type RunSummary, type UsageReport } from '@quarterdeck/contract';

const hour = 3_600_000;
/** From here on a limit is told to be near. */
const nearShare = 0.8;

export interface Spent {
  messagesThisHour: number;
  userToday: number;
  userThisMonth: number;
  allThisMonth: number;
  prefetchToday: number;
}

/** What was used up to now. Days and months are those of UTC. */
export async function spentBy(store: Pick<AssistantStore, 'runsSince'>, owner: Owner, now: number): Promise<Spent> {
  const day = new Date(now).toISOString().slice(0, 10);
  const month = day.slice(0, 7);
  // An hour may reach into the month before.
  const since = Math.min(Date.parse(`${month}-01T00:00:00Z`), now - hour);
  const runs = await store.runsSince(owner.organisation, new Date(since).toISOString());
  const own = runs.filter(({ user }) => user === owner.user);
  return {
    messagesThisHour: own.filter(({ at, purpose }) => purpose !== 'prefetch' && Date.parse(at) > now - hour).length,
    userToday: costOf(own.filter(({ at }) => at.startsWith(day))),
    userThisMonth: costOf(own.filter(({ at }) => at.startsWith(month))),
    allThisMonth: costOf(runs.filter(({ at }) => at.startsWith(month))),
    prefetchToday: costOf(own.filter(({ at, purpose }) => purpose === 'prefetch' && at.startsWith(day))),
  };
}

function costOf(runs: readonly RunSummary[]): number {
  return runs.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
}

interface Measure {
  name: string;
  used: number;
  limit: number | null;
  unit: '$' | '';
}

function measures(limits: AssistantLimits, spent: Spent): Measure[] {
  return [
    { name: 'messages in an hour', used: spent.messagesThisHour, limit: limits.messagesPerHour, unit: '' },
    { name: 'a day for one person', used: spent.userToday, limit: limits.costPerUserAndDay, unit: '$' },
    { name: 'a month for one person', used: spent.userThisMonth, limit: limits.costPerUserAndMonth, unit: '$' },
    { name: 'a month for all', used: spent.allThisMonth, limit: limits.costPerMonth, unit: '$' },
  ];
}

/** Throws RATE_LIMITED where a limit is met: a model is not asked any more, the engine answers on. */
export function checkSpending(limits: AssistantLimits, spent: Spent): void {
  const met = measures(limits, spent).find(({ used, limit }) => limit !== null && used >= limit);
  if (met === undefined) return;
  throw new AppError('RATE_LIMITED', `The limit of ${met.unit}${met.limit} ${met.name} is met.`, {
    hint: 'Ask without a model, wait, or let whoever looks after the assistant raise the limit.',
    details: { limit: met.name },
  });
}

export function limitsLeft(limits: AssistantLimits, spent: Spent): UsageReport['limits'] {
  const left = (limit: number | null, used: number) => (limit === null ? null : Math.max(0, limit - used));
  const month = [left(limits.costPerUserAndMonth, spent.userThisMonth), left(limits.costPerMonth, spent.allThisMonth)].filter((each) => each !== null);
  return {
    messagesLeftThisHour: left(limits.messagesPerHour, spent.messagesThisHour),
    costLeftToday: left(limits.costPerUserAndDay, spent.userToday),
    costLeftThisMonth: month.length === 0 ? null : Math.min(...month),
    alerts: measures(limits, spent)
      .filter(({ used, limit }) => limit !== null && used >= limit * nearShare)
      .map(({ name, used, limit, unit }) => `${unit}${unit === '$' ? used.toFixed(2) : used} of ${unit}${limit} ${name} are used.`),
  };
}

import { AppError, type AssistantLimits, type AssistantStore, type Owner } from '@quarterdeck/contract';
import { checkSpending, limitsLeft, type Spent, spentBy } from './spending.ts';

/** A question to a model that the limits have room for; freed when its run is stored. */
export interface Place {
  /** With no more for the answer than is left for the day and the month. */
  limits: AssistantLimits;
  /** Limits that are nearly met, in words. */
  alerts: string[];
  free(): void;
}

interface Taken {
  owner: Owner;
  messages: number;
  /** US dollars that it may yet spend. */
  money: number;
}

interface InFlight {
  messages: number;
  user: number;
  all: number;
}

/** What models write now, in this process: its money and its messages count before its runs are stored. */
export class Places {
  private readonly store: Pick<AssistantStore, 'runsSince'>;
  private readonly now: () => number;
  private readonly taken = new Set<Taken>();

  constructor(store: Pick<AssistantStore, 'runsSince'>, now: () => number) {
    this.store = store;
    this.now = now;
  }

  /** Throws RATE_LIMITED where a limit is met, or would be if all that is written now cost what it may. */
  async take(owner: Owner, limits: AssistantLimits): Promise<Place> {
    const others = this.inFlight(owner);
    // Until it is known what is left, as much as can be.
    const one: Taken = { owner, messages: 1, money: limits.costPerAnswer ?? Infinity };
    const free = () => void this.taken.delete(one);
    this.taken.add(one);
    try {
      const stored = await spentBy(this.store, owner, this.now());
      checkSpending(limits, { ...stored, messagesThisHour: stored.messagesThisHour + others.messages });
      const spent = withMoney(stored, others);
      checkInFlight(limits, spent);
      const { costLeftToday, costLeftThisMonth } = limitsLeft(limits, spent);
      const costs = [limits.costPerAnswer, costLeftToday, costLeftThisMonth].filter((each) => each !== null);
      const costPerAnswer = costs.length === 0 ? null : Math.min(...costs);
      one.money = costPerAnswer ?? 0;
      const { alerts } = limitsLeft(limits, { ...stored, messagesThisHour: stored.messagesThisHour + others.messages });
      return { limits: { ...limits, costPerAnswer }, alerts, free };
    } catch (thrown) {
      free();
      throw thrown;
    }
  }

  /** `use` in a place and within the time of an answer. Throws as `take` does, and TIMEOUT. */
  async within<T>(owner: Owner, limits: AssistantLimits, signal: AbortSignal, use: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const place = await this.take(owner, limits);
    const time = AbortSignal.timeout(limits.secondsPerAnswer * 1_000);
    try {
      return await use(AbortSignal.any([signal, time]));
    } catch (thrown) {
      if (!time.aborted || signal.aborted) throw thrown;
      throw new AppError('TIMEOUT', `The model did not answer within ${limits.secondsPerAnswer} s.`, { hint: 'Ask again, or choose another model.' });
    } finally {
      place.free();
    }
  }

  /** Holds money for what is no message of anybody, until it is let go. US dollars. */
  hold(owner: Owner, money: number): () => void {
    const one: Taken = { owner, messages: 0, money };
    this.taken.add(one);
    return () => void this.taken.delete(one);
  }

  /** What one person, and all of the organisation, may yet spend with what is written now. */
  inFlight({ user, organisation }: Owner): InFlight {
    const all = [...this.taken].filter(({ owner }) => owner.organisation === organisation);
    const own = all.filter(({ owner }) => owner.user === user);
    return { messages: sum(own, 'messages'), user: sum(own, 'money'), all: sum(all, 'money') };
  }
}

/** What would be spent if all that is written now cost what it may. */
export function withMoney(spent: Spent, { user, all }: InFlight): Spent {
  const { userToday, userThisMonth, allThisMonth } = spent;
  return { ...spent, userToday: userToday + user, userThisMonth: userThisMonth + user, allThisMonth: allThisMonth + all };
}

function checkInFlight(limits: AssistantLimits, spent: Spent): void {
  const { costLeftToday, costLeftThisMonth } = limitsLeft(limits, spent);
  if (costLeftToday !== 0 && costLeftThisMonth !== 0) return;
  throw new AppError('RATE_LIMITED', 'What is being answered now may use up all that is left of the limits.', {
    hint: 'Wait until it is answered, or ask without a model.',
  });
}

function sum(taken: readonly Taken[], of: 'messages' | 'money'): number {
  return taken.reduce((total, one) => total + one[of], 0);
}

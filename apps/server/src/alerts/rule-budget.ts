/** How many alerts a rule may tell in a minute; a storm is one piece of news, not a thousand. */
const mostAMinute = 20;

export interface Allowed {
  granted: boolean;
  /** How many of this rule were left out since the last one that was granted. */
  leftOut: number;
}

/** Counts what each rule tells. */
export class RuleBudget {
  private readonly now: () => number;
  private readonly used = new Map<string, { since: number; count: number; leftOut: number }>();

  constructor(now: () => number) {
    this.now = now;
  }

  take(rule: string): Allowed {
    const known = this.used.get(rule);
    const isFresh = known === undefined || this.now() - known.since >= 60_000;
    const entry = isFresh ? { since: this.now(), count: 0, leftOut: known?.leftOut ?? 0 } : known;
    this.used.set(rule, entry);
    if (entry.count >= mostAMinute) {
      entry.leftOut += 1;
      return { granted: false, leftOut: entry.leftOut };
    }
    entry.count += 1;
    const { leftOut } = entry;
    entry.leftOut = 0;
    return { granted: true, leftOut };
  }
}

import type { SendOptions } from '@quarterdeck/alerts';
import { groupEvents } from '@quarterdeck/cluster';
import { type EventGroup, type StoredAlertRule, toAppError } from '@quarterdeck/contract';
import type { Logger } from 'pino';
import type { ClusterRuntime } from '../clusters/cluster-runtime.ts';
import type { LiveList } from '../clusters/live-list.ts';
import { openEvents } from '../events/events-of.ts';

export interface AlertClusters {
  /** The cluster of that id, or the current one; null where there is none. */
  find(id: string | undefined): ClusterRuntime | null;
}

export interface AlertHoldsOptions {
  clusters: AlertClusters;
  clock: Pick<SendOptions, 'now'>;
  log: Logger;
  signal: AbortSignal;
  onEvents(cluster: string, groups: EventGroup[]): void;
}

/** What is watched of one cluster for the rules that are about it. */
interface Hold {
  runtime: ClusterRuntime;
  rules: StoredAlertRule[];
  releases: (() => void)[];
  /** What was told, by rule and group: when, and how often it had occurred then. */
  told: Map<string, { at: number; count: number }>;
}

const mostTold = 5_000;
/** Events come in bursts. Milliseconds. */
const burst = 1_000;

/** Keeps the diagnosis and the events of clusters open while rules wait for them. */
export class AlertHolds {
  private readonly options: AlertHoldsOptions;
  private readonly holds = new Map<string, Hold>();
  private readonly startedAt: number;

  constructor(options: AlertHoldsOptions) {
    this.options = options;
    this.startedAt = options.clock.now();
  }

  /** Opens what these rules need and is not open, closes what none needs any more. A cluster that can't be reached is tried again with the next call. */
  async follow(rules: readonly StoredAlertRule[]): Promise<void> {
    const wanted = this.wantedOf(rules);
    for (const [id, hold] of this.holds)
      if (wanted.get(id)?.runtime !== hold.runtime || needs(hold.rules) !== needs(wanted.get(id)?.rules ?? [])) this.release(id);
    for (const [id, { runtime, rules: own }] of wanted) {
      const held = this.holds.get(id);
      if (held === undefined) await this.open(id, runtime, own);
      else held.rules = own;
    }
  }

  eventRules(cluster: string): StoredAlertRule[] {
    return (this.holds.get(cluster)?.rules ?? []).filter(({ when }) => when.on === 'event');
  }

  /** Whether this was not told yet, or has gone on for longer than the rule's time since it was. Notes that it is told now. */
  isNew({ id, when }: StoredAlertRule, cluster: string, group: EventGroup): boolean {
    const told = this.holds.get(cluster)?.told;
    if (told === undefined || when.on !== 'event' || Date.parse(group.lastAt ?? '') < this.startedAt - burst) return false;
    const key = `${id}|${group.id}`;
    const before = told.get(key);
    const now = this.options.clock.now();
    if (before !== undefined && (now - before.at < when.withinMinutes * 60_000 || group.count <= before.count)) return false;
    if (told.size >= mostTold) told.clear();
    told.set(key, { at: now, count: group.count });
    return true;
  }

  close(): void {
    for (const id of [...this.holds.keys()]) this.release(id);
  }

  private wantedOf(rules: readonly StoredAlertRule[]): Map<string, { runtime: ClusterRuntime; rules: StoredAlertRule[] }> {
    const wanted = new Map<string, { runtime: ClusterRuntime; rules: StoredAlertRule[] }>();
    for (const rule of rules.filter(({ enabled }) => enabled)) {
      const runtime = this.options.clusters.find(rule.cluster ?? undefined);
      if (runtime === null || runtime.readOnly) continue; // In a recording nothing happens any more.
      const entry = wanted.get(runtime.source.id) ?? { runtime, rules: [] };
      entry.rules.push(rule);
      wanted.set(runtime.source.id, entry);
    }
    return wanted;
  }

  private async open(id: string, runtime: ClusterRuntime, rules: StoredAlertRule[]): Promise<void> {
    const hold: Hold = { runtime, rules, releases: [], told: new Map() };
    this.holds.set(id, hold);
    try {
      if (rules.some(({ when }) => when.on === 'issue')) hold.releases.push((await runtime.holdIssues()).release);
      if (rules.some(({ when }) => when.on === 'event')) hold.releases.push(this.watch(id, await openEvents(runtime, undefined, this.options.signal)));
      if (this.holds.get(id) !== hold) for (const release of hold.releases) release();
    } catch (thrown) {
      this.release(id);
      this.options.log.warn({ cluster: id, code: toAppError(thrown).code }, `Alert rules cannot watch a cluster: ${toAppError(thrown).message}`);
    }
  }

  private watch(id: string, list: LiveList): () => void {
    let timer: NodeJS.Timeout | null = null;
    const look = () => {
      timer = null;
      this.options.onEvents(id, groupEvents(list.items(), { search: '', limit: Number.POSITIVE_INFINITY }).groups);
    };
    const end = list.subscribe(() => {
      timer ??= setTimeout(look, burst);
    });
    return () => {
      if (timer !== null) clearTimeout(timer);
      end();
      list.release();
    };
  }

  private release(id: string): void {
    const hold = this.holds.get(id);
    this.holds.delete(id);
    for (const release of hold?.releases ?? []) release();
  }
}

/** Which of the two kinds of streams rules need. */
function needs(rules: readonly StoredAlertRule[]): string {
  return [...new Set(rules.map(({ when }) => when.on))].sort().join();
}

import { type AlertNews, type AlertRules, eventAlert, issueAlert, issueMatches, type SendOptions, sendWebhook, testAlert } from '@quarterdeck/alerts';
import type { Alert, Delivery, StoredAlertRule } from '@quarterdeck/contract';
import type { Logger } from 'pino';
import type { IncidentHistory } from '../issues/incident-history.ts';
import { type AlertClusters, AlertHolds } from './alert-holds.ts';
import { PendingAlerts } from './pending-alerts.ts';
import { RuleBudget } from './rule-budget.ts';

export interface AlertDeskOptions {
  rules: AlertRules;
  history: Pick<IncidentHistory, 'get'>;
  clusters: AlertClusters;
  clock: Pick<SendOptions, 'now' | 'sleep'>;
  log: Logger;
}

const mostRecent = 200;
/** More calls of webhooks than this at once mean that their receivers hang. */
const mostSending = 32;
/** A command may have changed the rules beside us. Milliseconds. */
const lookAgain = 60_000;

/** Somebody waits for the answer. Milliseconds. */
const soon = { attempts: 1, timeout: 5_000 };

/** Looks at what becomes of issues and what events tell, and tells whom the rules name. `close` ends what it watches and sends. */
export class AlertDesk {
  readonly rules: AlertRules;
  private readonly options: AlertDeskOptions;
  private readonly ending = new AbortController();
  private readonly alerts: Alert[] = [];
  private readonly listeners = new Set<(alert: Alert) => void>();
  private readonly pending: PendingAlerts;
  private readonly holds: AlertHolds;
  private readonly budget: RuleBudget;
  private sending = 0;

  constructor(options: AlertDeskOptions) {
    this.options = options;
    this.rules = options.rules;
    const { clock, log } = options;
    this.budget = new RuleBudget(clock.now);
    this.pending = new PendingAlerts({ clock, signal: this.ending.signal });
    this.holds = new AlertHolds({
      clusters: options.clusters,
      clock,
      log,
      signal: this.ending.signal,
      onEvents: (cluster, groups) => this.events(cluster, groups),
    });
  }

  /** Begins to watch what rules ask for, also while nobody has a page open. */
  start(): void {
    const again = async () => {
      while (!this.ending.signal.aborted) {
        await this.refresh();
        await this.options.clock.sleep(lookAgain, this.ending.signal);
      }
    };
    again().catch((thrown: unknown) => {
      if (!this.ending.signal.aborted) this.options.log.error({ err: thrown }, 'The alert rules are not followed any more.');
    });
  }

  /** The latest first. */
  recent(): Alert[] {
    return this.alerts.toReversed();
  }

  onAlert(listener: (alert: Alert) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Something has become of issues of a cluster. */
  observed(cluster: string, news: readonly AlertNews[]): void {
    this.judge(cluster, news).catch((thrown: unknown) => this.options.log.error({ err: thrown }, 'The alert rules could not be read.'));
  }

  /** Watches what the rules name now. Call it after rules have changed. A file that can't be read is logged. */
  async refresh(): Promise<void> {
    try {
      await this.holds.follow(await this.rules.list());
    } catch (thrown) {
      this.options.log.error({ err: thrown }, 'The alert rules could not be read.');
    }
  }

  /** Throws NOT_FOUND. The delivery is null where the rule has no webhook. */
  async test(ruleId: string): Promise<{ alert: Alert; delivery: Delivery | null }> {
    const rule = await this.rules.get(ruleId);
    const alert = testAlert(rule, rule.cluster ?? 'any', this.options.clock.now());
    this.tell(alert);
    return { alert, delivery: rule.webhook === null ? null : await this.send(rule, alert, soon) };
  }

  close(): void {
    this.ending.abort();
    this.holds.close();
    this.listeners.clear();
  }

  private async judge(cluster: string, news: readonly AlertNews[]): Promise<void> {
    const rules = (await this.rules.list()).filter((rule) => rule.cluster === null || rule.cluster === cluster);
    for (const one of news) {
      if (one.state === 'resolved') this.pending.cancel(cluster, one.issue.id);
      for (const rule of rules.filter((candidate) => issueMatches(candidate, one))) this.issue(rule, cluster, one);
    }
  }

  private issue(rule: StoredAlertRule, cluster: string, news: AlertNews): void {
    const raise = () => this.raise(rule, issueAlert(rule, cluster, news, this.options.clock.now()));
    const minutes = rule.when.on === 'issue' && news.state !== 'resolved' ? rule.when.forMinutes : 0;
    if (minutes === 0) {
      raise();
      return;
    }
    this.pending.add({ rule: rule.id, cluster, issue: news.issue.id }, minutes * 60_000, () => {
      if (this.options.history.get(cluster, news.issue.id)?.resolvedAt === null) raise();
    });
  }

  private events(cluster: string, groups: Parameters<typeof eventAlert>[2][]): void {
    for (const rule of this.holds.eventRules(cluster)) {
      for (const group of groups) {
        const alert = eventAlert(rule, cluster, group, this.options.clock.now());
        if (alert !== null && this.holds.isNew(rule, cluster, group)) this.raise(rule, alert);
      }
    }
  }

  private raise(rule: StoredAlertRule, alert: Alert): void {
    const allowed = this.budget.take(rule.id);
    if (!allowed.granted) return;
    const told = allowed.leftOut === 0 ? alert : { ...alert, text: `${alert.text} ${allowed.leftOut} more alerts of this rule were left out before.` };
    this.tell(told);
    if (rule.webhook !== null) void this.send(rule, told);
  }

  private tell(alert: Alert): void {
    this.alerts.push(alert);
    if (this.alerts.length > mostRecent) this.alerts.shift();
    for (const listener of this.listeners) listener(alert);
  }

  private async send(rule: StoredAlertRule, alert: Alert, how: Pick<SendOptions, 'attempts' | 'timeout'> = {}): Promise<Delivery | null> {
    const { clock, log } = this.options;
    if (rule.webhook === null) return null;
    if (this.sending >= mostSending) {
      log.warn({ rule: rule.id }, 'A webhook was not called: too many calls wait for an answer.');
      return { delivered: false, attempts: 0, status: null, problem: `${mostSending} calls wait for an answer already.` };
    }
    this.sending += 1;
    try {
      const delivery = await sendWebhook(rule.webhook, alert, { ...clock, ...how, signal: this.ending.signal });
      if (!delivery.delivered)
        log.warn({ rule: rule.id, status: delivery.status, attempts: delivery.attempts }, `A webhook could not be called: ${delivery.problem}`);
      return delivery;
    } finally {
      this.sending -= 1;
    }
  }
}

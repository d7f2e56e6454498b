import { setImmediate } from 'node:timers/promises';
import { systemWatchClock } from '@quarterdeck/cluster';
import type { Coverage, Issue, IssueDetail, Plan, PlanRequest } from '@quarterdeck/contract';
import {
  type ClusterView,
  createLiveDiagnosis,
  diagnosisKinds,
  type HeldIncident,
  type Incident,
  type LintOptions,
  type LintOutcome,
  type LiveDiagnosis,
  lintInTurns,
  planFor,
  toIssue,
  toIssueDetail,
} from '@quarterdeck/diagnosis';
import { diagnosisChannel } from '../observability/diagnosis-channel.ts';
import type { OpenCluster } from './cluster-source.ts';
import { type ObjectSource, openObjectSource } from './object-source.ts';

/** What the diagnosis says of one cluster, kept up to date. */
export interface IssueFeed {
  issues(): Issue[];
  /** What the issues are made of. */
  incidents(): readonly Incident[];
  /** What the last check looked at; null before the first. */
  view(): ClusterView | null;
  /** Null where there is no such issue. */
  detail(id: string): IssueDetail | null;
  /** Null for what is not among the open issues, or shows its symptom. */
  held(id: string): HeldIncident | null;
  plan(request: PlanRequest): Plan | null;
  /** Worked out when it is asked for, from the state of the last check. */
  advice(options: LintOptions): Promise<LintOutcome>;
  coverage(): Coverage;
  /** ISO 8601; null before the first check. */
  checkedAt(): string | null;
  /** Whether all that may be read is up to date: only then has an issue that is not there gone away. */
  settled(): boolean;
  /** Resolves when the first check is done. */
  ready(signal: AbortSignal): Promise<void>;
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** Starts the diagnosis of a cluster. */
export async function createIssueFeed(cluster: OpenCluster): Promise<IssueFeed> {
  const access = await cluster.access();
  const ending = new AbortController();
  const { signal } = ending;
  const source = await openObjectSource(cluster, { kinds: diagnosisKinds, signal });
  const started = source
    .ready(signal)
    .then(() => createLiveDiagnosis({ source, evidence: access.evidence, clock: { ...systemWatchClock, now: cluster.now }, signal }));
  return new LiveIssueFeed(source, started, ending);
}

class LiveIssueFeed implements IssueFeed {
  private readonly source: ObjectSource;
  private readonly started: Promise<LiveDiagnosis>;
  private readonly ending: AbortController;
  private readonly listeners = new Set<() => void>();
  private diagnosis: LiveDiagnosis | null = null;

  constructor(source: ObjectSource, started: Promise<LiveDiagnosis>, ending: AbortController) {
    this.source = source;
    this.started = started;
    this.ending = ending;
    started.then(
      (diagnosis) => this.follow(diagnosis),
      () => undefined, // Ended before it began; whoever waits for `ready` is told.
    );
  }

  issues(): Issue[] {
    return this.incidents().map(toIssue);
  }

  incidents(): readonly Incident[] {
    return this.update()?.incidents ?? [];
  }

  view(): ClusterView | null {
    return this.update()?.diagnosis.view ?? null;
  }

  detail(id: string): IssueDetail | null {
    const incident = this.incident(id);
    const view = this.view();
    return incident === undefined || view === null ? null : toIssueDetail(incident, view);
  }

  held(id: string): HeldIncident | null {
    return this.update()?.held.get(id) ?? null;
  }

  plan({ issueId, userContext, horizon }: PlanRequest): Plan | null {
    const incident = this.incident(issueId);
    const view = this.view();
    return incident === undefined || view === null ? null : planFor(incident, view, { userContext, horizon });
  }

  async advice(options: LintOptions): Promise<LintOutcome> {
    const view = this.view();
    return view === null ? { advice: [], ignored: 0, skipped: [] } : lintInTurns(view, options, setImmediate);
  }

  coverage(): Coverage {
    return this.update()?.coverage ?? { complete: false, skipped: [{ what: 'everything', reason: 'the first check is not done yet' }] };
  }

  checkedAt(): string | null {
    const update = this.update();
    return update === null ? null : new Date(update.checkedAt).toISOString();
  }

  settled(): boolean {
    return this.update() !== null && this.source.settled();
  }

  async ready(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await Promise.race([this.started.then((diagnosis) => diagnosis.ready()), aborted.promise]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.listeners.clear();
    this.ending.abort();
    this.source.close();
  }

  private follow(diagnosis: LiveDiagnosis): void {
    this.diagnosis = diagnosis;
    const tell = () => {
      for (const listener of this.listeners) listener();
    };
    diagnosis.subscribe(tell);
    diagnosis.subscribe(({ took }) => diagnosisChannel.publish(took));
    if (diagnosis.current() !== null) tell();
  }

  private update() {
    return this.diagnosis?.current() ?? null;
  }

  private incident(id: string) {
    return this.incidents().find((incident) => incident.id === id);
  }
}

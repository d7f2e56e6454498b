import { join } from 'node:path';
import { type Issue, type IssueRecord, type IssueTransition, issueHistoryFile, issueHistorySchema, refKey, severities } from '@quarterdeck/contract';
import { StateFile } from '../config/state-file.ts';

/** Something that became of an issue at a check. */
export interface Observed {
  issue: Issue;
  state: 'detected' | 'changed' | 'resolved' | 'recurred';
  what: string;
  /** It is worse than it was when somebody put it aside. */
  worsened: boolean;
}

export interface Check {
  cluster: string;
  issues: readonly Issue[];
  /** Only then is what is not among them gone; what merely could not be looked at is not. */
  complete: boolean;
  /** ISO 8601. */
  at: string;
}

/** What issues have been through: detected, changed, resolved, recurred, put aside. Bounded, and kept over restarts. */
export interface IncidentHistory {
  get(cluster: string, issueId: string): IssueRecord | undefined;
  /** Resolved not long ago, the latest first. */
  resolved(cluster: string): IssueRecord[];
  /** Records what a check saw, and says what has become of the issues since the one before. */
  observe(check: Check): Promise<Observed[]>;
  /** Records that somebody put an issue aside or took it back. */
  note(cluster: string, issueId: string, transition: IssueTransition): Promise<void>;
  /** Called after something was recorded. */
  onChange(listener: () => void): () => void;
}

const mostTransitions = 50;
const mostResolved = 200;
/** Milliseconds. */
const keepResolved = 7 * 86_400_000;

/** Reads the file of the state directory; none yet is no history. Throws INTERNAL_ERROR when it can't be read or written. */
export async function openIncidentHistory(stateDirectory: string): Promise<IncidentHistory> {
  const file = new StateFile(join(stateDirectory, issueHistoryFile), issueHistorySchema);
  const read = await file.read('The history of issues');
  const records = new Map((read?.records ?? []).map((record) => [keyOf(record.cluster, record.issue.id), record]));
  const listeners = new Set<() => void>();
  const save = async () => {
    for (const listener of listeners) listener();
    await file.write({ version: 1, records: [...records.values()] });
  };
  const ofCluster = (cluster: string) => [...records.values()].filter((record) => record.cluster === cluster);

  return {
    get: (cluster, issueId) => records.get(keyOf(cluster, issueId)),
    resolved: (cluster) => ofCluster(cluster).filter(isResolved).sort(latestResolvedFirst),
    async observe(check) {
      const { cluster, issues, complete, at } = check;
      const observed = issues.flatMap((issue) => seen(records, cluster, issue, at));
      const open = new Set(issues.map(({ id }) => id));
      const gone = complete ? ofCluster(cluster).filter((record) => record.resolvedAt === null && !open.has(record.issue.id)) : [];
      observed.push(...gone.map((record) => resolve(record, at)));
      const dropped = outdated(ofCluster(cluster), at);
      for (const record of dropped) records.delete(keyOf(cluster, record.issue.id));
      if (observed.length + dropped.length > 0) await save();
      return observed;
    },
    async note(cluster, issueId, transition) {
      const record = records.get(keyOf(cluster, issueId));
      if (record === undefined) return;
      record.dismissedAs = transition.state === 'dismissed' ? record.issue.severity : null;
      append(record, transition);
      await save();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function keyOf(cluster: string, issueId: string): string {
  return JSON.stringify([cluster, issueId]);
}

function isResolved(record: IssueRecord): boolean {
  return record.resolvedAt !== null;
}

function latestResolvedFirst(a: IssueRecord, b: IssueRecord): number {
  const [left, right] = [a.resolvedAt ?? '', b.resolvedAt ?? ''];
  return left === right ? 0 : left < right ? 1 : -1;
}

function outdated(records: readonly IssueRecord[], at: string): IssueRecord[] {
  const oldest = Date.parse(at) - keepResolved;
  const resolved = records.filter(isResolved).sort(latestResolvedFirst);
  return resolved.filter((record, index) => index >= mostResolved || Date.parse(record.resolvedAt ?? '') < oldest);
}

function append(record: IssueRecord, transition: IssueTransition): void {
  record.transitions = [...record.transitions, transition].slice(-mostTransitions);
}

function seen(records: Map<string, IssueRecord>, cluster: string, issue: Issue, at: string): Observed[] {
  const key = keyOf(cluster, issue.id);
  const known = records.get(key);
  if (known === undefined) {
    const transitions: IssueTransition[] = [{ at, state: 'detected', what: issue.title }];
    records.set(key, { cluster, issue, firstSeenAt: at, openedAt: at, resolvedAt: null, recurrences: 0, dismissedAs: null, transitions });
    return [{ issue, state: 'detected', what: issue.title, worsened: false }];
  }
  const before = known.issue;
  known.issue = issue;
  if (known.resolvedAt !== null) {
    const what = `again, after it was resolved at ${known.resolvedAt}`;
    Object.assign(known, { openedAt: at, resolvedAt: null, recurrences: known.recurrences + 1 });
    append(known, { at, state: 'recurred', what });
    return [{ issue, state: 'recurred', what, worsened: false }];
  }
  const what = differences(before, issue);
  if (what === '') return [];
  append(known, { at, state: 'changed', what });
  const worsened = known.dismissedAs !== null && severities.indexOf(issue.severity) < severities.indexOf(known.dismissedAs);
  return [{ issue, state: 'changed', what, worsened }];
}

function resolve(record: IssueRecord, at: string): Observed {
  record.resolvedAt = at;
  record.dismissedAs = null;
  append(record, { at, state: 'resolved', what: record.issue.title });
  return { issue: record.issue, state: 'resolved', what: record.issue.title, worsened: false };
}

/** What a person would call another state of it; numbers that only count on are none. */
function differences(before: Issue, after: Issue): string {
  const affected = (issue: Issue) => new Set(issue.affected.map(refKey));
  const [was, is] = [affected(before), affected(after)];
  const more = [...is].filter((key) => !was.has(key)).length;
  const fewer = [...was].filter((key) => !is.has(key)).length;
  return [
    before.severity === after.severity ? '' : `severity ${before.severity} → ${after.severity}`,
    before.confidence === after.confidence ? '' : `confidence ${before.confidence} → ${after.confidence}`,
    more === 0 ? '' : `${more} more ${more === 1 ? 'object' : 'objects'} affected`,
    fewer === 0 ? '' : `${fewer} fewer ${fewer === 1 ? 'object' : 'objects'} affected`,
    withoutNumbers(before.explanation) === withoutNumbers(after.explanation) ? '' : after.explanation,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function withoutNumbers(text: string): string {
  return text.replace(/\d+/g, '0');
}

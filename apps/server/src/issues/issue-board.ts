import { AppError, type Coverage, type Issue, type IssueDetail, issueTouches, type Severity, severities } from '@quarterdeck/contract';
import type { IssueFeed } from '../clusters/issue-feed.ts';
import type { Dismissals } from './dismissals.ts';
import type { IncidentHistory } from './incident-history.ts';
import { lastKnown, lifeOf, resolvedIssue } from './issue-life.ts';

export interface IssueQuery {
  namespace?: string | undefined;
  severity?: Severity | undefined;
  /** Words that must all occur in title, explanation or object. */
  search?: string | undefined;
  dismissed: boolean;
  /** `resolved`: what is over, the latest first. Left out: what is open. */
  state?: 'open' | 'resolved' | undefined;
}

/** The issues of one cluster as people see them: without what they put aside, worst first. */
export interface IssueBoard {
  list(query: IssueQuery): Issue[];
  /** Throws NOT_FOUND. */
  detail(id: string): IssueDetail;
  /** Null for what was never seen, or is long over. */
  find(id: string): IssueDetail | null;
  coverage(): Coverage;
  /** ISO 8601; null before the first check. */
  checkedAt(): string | null;
  dismiss(id: string, reason: string, by: string): Promise<IssueDetail>;
  restore(id: string): Promise<IssueDetail>;
}

/** What a board is made of besides the diagnosis. */
export interface BoardRecords {
  dismissals: Dismissals;
  history: IncidentHistory;
}

export function createIssueBoard(cluster: string, feed: IssueFeed, { dismissals, history }: BoardRecords, now: () => number = Date.now): IssueBoard {
  const isDismissed = (issue: Issue) => dismissals.get(cluster, issue.id) !== undefined;
  function find(id: string): IssueDetail | null {
    const found = feed.detail(id);
    const record = history.get(cluster, id);
    if (found === null) return record === undefined || record.resolvedAt === null ? null : lastKnown(record);
    const dismissal = dismissals.get(cluster, id);
    return {
      ...found,
      life: lifeOf(found, record, feed.held(id)),
      history: record?.transitions ?? [],
      dismissed: dismissal === undefined ? null : { reason: dismissal.reason, at: dismissal.at, by: dismissal.by },
    };
  }
  function detail(id: string): IssueDetail {
    const found = find(id);
    if (found !== null) return found;
    throw new AppError('NOT_FOUND', `There is no issue ${id} now.`, { hint: 'It may have gone away. List the issues to see what is open.' });
  }
  return {
    list(query) {
      if (query.state === 'resolved') {
        const resolved = history.resolved(cluster).map(resolvedIssue);
        return resolved.filter((issue) => matches(issue, query));
      }
      const open = feed.issues().filter((issue) => isDismissed(issue) === query.dismissed && matches(issue, query));
      return open.sort(worstFirst).map((issue) => ({ ...issue, life: lifeOf(issue, history.get(cluster, issue.id), feed.held(issue.id)) }));
    },
    detail,
    find,
    coverage: () => feed.coverage(),
    checkedAt: () => feed.checkedAt(),
    async dismiss(id, reason, by) {
      detail(id);
      const at = new Date(now()).toISOString();
      await dismissals.add({ cluster, issueId: id, reason, at, by });
      await history.note(cluster, id, { at, state: 'dismissed', what: reason === '' ? `by ${by}` : `by ${by}: ${reason}` });
      return detail(id);
    },
    async restore(id) {
      detail(id);
      await dismissals.remove(cluster, id);
      await history.note(cluster, id, { at: new Date(now()).toISOString(), state: 'restored', what: 'taken back into the list' });
      return detail(id);
    },
  };
}

function matches(issue: Issue, { namespace, severity, search }: IssueQuery): boolean {
  if (severity !== undefined && issue.severity !== severity) return false;
  if (namespace !== undefined && !issueTouches(issue, namespace)) return false;
  const text = `${issue.title} ${issue.explanation} ${issue.kind} ${issue.namespace ?? ''}/${issue.name}`.toLowerCase();
  return (search ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function worstFirst(a: Issue, b: Issue): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || compare(a.detectedAt, b.detectedAt) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

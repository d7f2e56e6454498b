import { AppError, type Coverage, type Issue, type IssueDetail, issueTouches, type Severity, severities } from '@quarterdeck/contract';
import type { IssueFeed } from '../clusters/issue-feed.ts';
import type { Dismissals } from './dismissals.ts';

export interface IssueQuery {
  namespace?: string | undefined;
  severity?: Severity | undefined;
  /** Words that must all occur in title, explanation or object. */
  search?: string | undefined;
  dismissed: boolean;
}

/** The issues of one cluster as people see them: without what they put aside, worst first. */
export interface IssueBoard {
  list(query: IssueQuery): Issue[];
  /** Throws NOT_FOUND. */
  detail(id: string): IssueDetail;
  coverage(): Coverage;
  /** ISO 8601; null before the first check. */
  checkedAt(): string | null;
  dismiss(id: string, reason: string, by: string): Promise<IssueDetail>;
  restore(id: string): Promise<IssueDetail>;
}

export function createIssueBoard(cluster: string, feed: IssueFeed, dismissals: Dismissals, now: () => number = Date.now): IssueBoard {
  const isDismissed = (issue: Issue) => dismissals.get(cluster, issue.id) !== undefined;
  function detail(id: string): IssueDetail {
    const found = feed.detail(id);
    if (found === null) {
      throw new AppError('NOT_FOUND', `There is no issue ${id} now.`, { hint: 'It may have gone away. List the issues to see what is open.' });
    }
    const dismissal = dismissals.get(cluster, id);
    return { ...found, dismissed: dismissal === undefined ? null : { reason: dismissal.reason, at: dismissal.at, by: dismissal.by } };
  }
  return {
    list: (query) =>
      feed
        .issues()
        .filter((issue) => isDismissed(issue) === query.dismissed && matches(issue, query))
        .sort(worstFirst),
    detail,
    coverage: () => feed.coverage(),
    checkedAt: () => feed.checkedAt(),
    async dismiss(id, reason, by) {
      detail(id);
      await dismissals.add({ cluster, issueId: id, reason, at: new Date(now()).toISOString(), by });
      return detail(id);
    },
    async restore(id) {
      detail(id);
      await dismissals.remove(cluster, id);
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

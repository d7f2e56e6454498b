import type { Issue, IssueDetail, IssueLife, IssueRecord } from '@quarterdeck/contract';
import type { HeldIncident } from '@quarterdeck/diagnosis';

/** Where an open issue stands, with the reason where it is still shown although its symptom is gone. */
export function lifeOf(issue: Issue, record: IssueRecord | undefined, held: HeldIncident | null): IssueLife {
  const about = { firstSeenAt: record?.firstSeenAt ?? issue.detectedAt, recurrences: record?.recurrences ?? 0 };
  if (held === null) return { ...about, state: 'open', since: record?.openedAt ?? issue.detectedAt, note: null };
  const lately = held.returns === 0 ? '' : ` It came back ${held.returns === 1 ? 'once' : `${held.returns} times`} in the last 15 minutes.`;
  const note = `Its symptom is gone. It stays here until ${new Date(held.closesAt).toISOString()}, in case it comes back.${lately}`;
  return { ...about, state: 'held', since: new Date(held.goneSince).toISOString(), note };
}

/** An issue that is over, as it was seen last. */
export function resolvedIssue({ issue, firstSeenAt, resolvedAt, recurrences }: IssueRecord): Issue {
  return { ...issue, life: { state: 'resolved', firstSeenAt, since: resolvedAt ?? firstSeenAt, recurrences, note: null } };
}

/** What is still known of an issue that is over: how it was, and its life. */
export function lastKnown(record: IssueRecord): IssueDetail {
  return { ...resolvedIssue(record), chains: [], findings: [], changes: [], timeline: [], history: record.transitions, notSeen: [], dismissed: null };
}

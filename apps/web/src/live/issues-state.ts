import type { Coverage, Issue, ServerFrame } from '@quarterdeck/contract';

export interface IssuesState {
  issues: ReadonlyMap<string, Issue>;
  dismissed: number;
  coverage: Coverage;
  /** ISO 8601; null until the first diagnosis is done. */
  checkedAt: string | null;
  /** Ids that the last frame brought or took: who shows one of them reads it again. */
  touched: ReadonlySet<string>;
}

type IssuesFrame = Extract<ServerFrame, { type: 'issuesSnapshot' | 'issuesDelta' }>;

/** Pure: a snapshot replaces, a delta goes on top. A delta without a state is dropped (the client resubscribes). */
export function applyIssuesFrame(state: IssuesState | null, frame: IssuesFrame): IssuesState | null {
  const { dismissed, coverage, checkedAt } = frame;
  if (frame.type === 'issuesSnapshot') {
    const issues = new Map(frame.issues.map((issue) => [issue.id, issue]));
    return { issues, dismissed, coverage, checkedAt, touched: new Set([...issues.keys(), ...(state?.issues.keys() ?? [])]) };
  }
  if (state === null) return null;
  const issues = new Map(state.issues);
  for (const id of frame.removes) issues.delete(id);
  for (const issue of frame.upserts) issues.set(issue.id, issue);
  return { issues, dismissed, coverage, checkedAt, touched: new Set([...frame.removes, ...frame.upserts.map((issue) => issue.id)]) };
}

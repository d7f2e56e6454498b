import { AppError, type IssueDetail, type Plan } from '@quarterdeck/contract';
import { type ClusterView, type Incident, planFor } from '@quarterdeck/diagnosis';

export interface PlanWishes {
  /** What you know of the situation, in your own words: `no downtime`, `we deployed an hour ago`. Never carried out. */
  situation?: string;
  /** `long` adds what keeps it from happening again. */
  horizon?: 'short' | 'long';
}

/** What a plan is made of, for as long as somebody has the issue. */
const remembered = new WeakMap<IssueDetail, { incident: Incident; view: ClusterView }>();

export function remember(issue: IssueDetail, made: { incident: Incident; view: ClusterView }): void {
  remembered.set(issue, made);
}

/**
 * Steps that mend an issue, each with its kubectl command, how to see that it worked, and how to take it back. Nothing is
 * carried out. Throws VALIDATION_ERROR for an issue that `diagnose` did not give.
 */
export function plan(issue: IssueDetail, { situation = '', horizon = 'short' }: PlanWishes = {}): Plan {
  const made = remembered.get(issue);
  if (made === undefined)
    throw new AppError('VALIDATION_ERROR', 'This is no issue that diagnose() gave.', { hint: 'Give the very object: a copy does not know its cluster.' });
  return planFor(made.incident, made.view, { userContext: situation, horizon });
}

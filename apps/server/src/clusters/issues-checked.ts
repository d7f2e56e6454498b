import type { Issue } from '@quarterdeck/contract';

export interface IssuesCheck {
  issues: readonly Issue[];
  /** It saw all there is to see, so that what is not among the issues has gone away. */
  complete: boolean;
  /** Whether the whole cluster was looked at, and not what one access policy shows of it. */
  whole: boolean;
}

/** Told after every check. `board`: the cluster's id, or that of a policy's view of it. */
export type IssuesChecked = (board: string, check: IssuesCheck) => void;

import type { Logger } from 'pino';
import type { IssuesChecked } from '../clusters/issues-checked.ts';
import type { Dismissals } from './dismissals.ts';
import type { IncidentHistory, Observed } from './incident-history.ts';

export interface IssueWatchOptions {
  dismissals: Dismissals;
  history: IncidentHistory;
  /** Told what has become of the issues of a cluster, where something has. */
  onObserved(cluster: string, observed: readonly Observed[]): void;
  /** Epoch milliseconds. */
  now(): number;
  log: Logger;
}

/** After every check: keeps the history, and takes back what was put aside and has gone away or become worse. */
export function watchIssues({ dismissals, history, onObserved, now, log }: IssueWatchOptions): IssuesChecked {
  async function record(cluster: string, { issues, complete, whole }: Parameters<IssuesChecked>[1]): Promise<void> {
    const at = new Date(now()).toISOString();
    if (complete) await dismissals.keepOnly(cluster, new Set(issues.map(({ id }) => id)));
    const observed = await history.observe({ cluster, issues, complete, at });
    for (const { issue, worsened } of observed) {
      if (!worsened || dismissals.get(cluster, issue.id) === undefined) continue;
      await dismissals.remove(cluster, issue.id);
      await history.note(cluster, issue.id, { at, state: 'restored', what: `by itself: it is ${issue.severity} now` });
    }
    // Alerts are about the cluster, not about what one person sees of it.
    if (whole && observed.length > 0) onObserved(cluster, observed);
  }
  return (cluster, check) => {
    record(cluster, check).catch((thrown: unknown) => log.error({ err: thrown }, 'What became of the issues could not be recorded.'));
  };
}

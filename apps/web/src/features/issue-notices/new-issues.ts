import type { Issue, Severity } from '@quarterdeck/contract';
import type { Assistance } from '../../preferences/preferences.ts';

const ranks: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3 };

/** What a page knows of the issues of one cluster: those of the first list are not new. */
export interface Known {
  cluster: string;
  ids: ReadonlySet<string>;
}

/** Pure. What is known after this list, and what of it somebody is to be told: worst first. */
export function newIssues(
  known: Known | null,
  { cluster, issues }: { cluster: string; issues: readonly Issue[] },
  severity: Assistance['severity'],
): { known: Known; fresh: readonly Issue[] } {
  const isFirst = known === null || known.cluster !== cluster;
  // One that went and comes back within the life of the page was told already.
  const ids = new Set([...(isFirst ? [] : known.ids), ...issues.map(({ id }) => id)]);
  const fresh = isFirst ? [] : issues.filter((issue) => !known.ids.has(issue.id) && ranks[issue.severity] <= ranks[severity]);
  return { known: { cluster, ids }, fresh: fresh.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]) };
}

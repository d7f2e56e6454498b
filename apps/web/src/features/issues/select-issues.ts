import { type Issue, type Severity, severities } from '@quarterdeck/contract';
import type { IssuesSearch } from '../../app/search.ts';

/** Whether every word of the query occurs in what the row shows. */
export function matchesQuery(issue: Issue, query: string): boolean {
  const text = [issue.title, issue.explanation, issue.kind, issue.namespace ?? '', issue.name, issue.mechanism].join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** An issue belongs to a namespace when its cause or anything that suffers from it does. */
export function inNamespaces(issue: Issue, namespaces: readonly string[]): boolean {
  if (namespaces.length === 0) return true;
  const touched = [issue.namespace, issue.cause?.namespace ?? null, ...issue.affected.map((ref) => ref.namespace)];
  return touched.some((namespace) => namespace !== null && namespaces.includes(namespace));
}

export interface IssueSelection {
  /** After all filters, in the order of the page. */
  shown: readonly Issue[];
  /** How many issues of each severity the other filters leave. */
  counts: Readonly<Record<Severity, number>>;
}

export type IssueGrouping = NonNullable<IssuesSearch['group']>;

/** The name of the group that an issue is in; empty for those of the whole cluster. */
export function groupOfIssue(issue: Issue, by: IssueGrouping): string {
  return by === 'kind' ? issue.kind : (issue.namespace ?? '');
}

const comparators: Record<string, (a: Issue, b: Issue) => number> = {
  severity: (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  title: (a, b) => a.title.localeCompare(b.title),
  object: (a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name),
  namespace: (a, b) => (a.namespace ?? '').localeCompare(b.namespace ?? ''),
  confidence: (a, b) => a.confidence.localeCompare(b.confidence),
  age: (a, b) => Date.parse(b.detectedAt) - Date.parse(a.detectedAt),
};

/** Without a sort the server's order stays: worst first. Grouping keeps the order inside each namespace. */
export function selectIssues(issues: readonly Issue[], namespaces: readonly string[], search: IssuesSearch): IssueSelection {
  const matching = issues.filter((issue) => inNamespaces(issue, namespaces) && matchesQuery(issue, search.q ?? ''));
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const issue of matching) counts[issue.severity] += 1;
  const shown = matching.filter((issue) => search.severity === undefined || issue.severity === search.severity);
  const sort = search.sort ?? 'severity';
  const compare = comparators[sort.replace(/^-/, '')] ?? (() => 0);
  const sorted = shown.toSorted((a, b) => (sort.startsWith('-') ? compare(b, a) : compare(a, b)) || byAge(a, b));
  const { group } = search;
  return { shown: group === undefined ? sorted : sorted.toSorted((a, b) => groupOfIssue(a, group).localeCompare(groupOfIssue(b, group))), counts };
}

/** Newest first among equals; the id decides last, so that the order never depends on the order of arrival. */
function byAge(a: Issue, b: Issue): number {
  return Date.parse(b.detectedAt) - Date.parse(a.detectedAt) || a.id.localeCompare(b.id);
}

import { type IssueDetail, refLabel } from '@quarterdeck/contract';
import { stringify } from 'yaml';
import type { ContextSection } from '../sources/context-source.ts';
import type { ContainerLogText } from './decisive-logs.ts';
import type { CurrentResource, FocusSnapshot } from './focus-snapshot.ts';
import { issueText, logQuotes } from './issue-text.ts';

const mostOthers = 15;

/** The snapshot as sections, the most important first. */
export function snapshotSections(snapshot: FocusSnapshot): ContextSection[] {
  const { currentResource: current, issues } = snapshot;
  const sections = [
    ...issues.map((issue, index) => issueSection(issue, 100 - index * 5)),
    ...(current === null ? [] : objectSections(current, issues)),
    ...changeSection(snapshot),
    ...neighbourSection(snapshot),
    ...otherIssues(snapshot),
    ...namespaceSection(snapshot),
    clusterSection(snapshot),
  ];
  return sections.sort((one, other) => other.priority - one.priority);
}

function issueSection(issue: IssueDetail, priority: number): ContextSection {
  return { id: 'issue', title: `Issue: ${issue.severity}`, form: 'text', text: issueText(issue), priority, quotes: logQuotes(issue) };
}

function objectSections(current: CurrentResource, issues: readonly IssueDetail[]): ContextSection[] {
  const label = refLabel(current.ref);
  const state: ContextSection = {
    id: 'status',
    title: `Status of ${label}`,
    form: 'yaml',
    text: yaml({ object: label, state: current.state, status: current.status ?? undefined }),
    priority: 85,
  };
  const manifest: ContextSection[] =
    current.manifest === null ? [] : [{ id: 'manifest', title: `Manifest of ${label}`, form: 'yaml', text: yaml(current.manifest), priority: 60 }];
  return [state, ...logSections(current, issues), ...eventSection(current), ...manifest];
}

function logSections({ logs }: CurrentResource, issues: readonly IssueDetail[]): ContextSection[] {
  const decisive = [
    ...new Set(issues.flatMap(({ evidence }) => evidence.filter(({ source }) => source === 'log').map(({ object, text }) => `${refLabel(object)}: ${text}`))),
  ];
  const told: ContextSection[] =
    decisive.length === 0 ? [] : [{ id: 'logs', title: 'Decisive lines of logs', form: 'log', text: decisive.join('\n'), priority: 95 }];
  return [...told, ...logs.map((log, index) => logSection(log, 80 - index * 5))];
}

function logSection({ pod, container, previous, lines, reason }: ContainerLogText, priority: number): ContextSection {
  const title = `Log of ${pod}/${container}${previous ? ', the run before' : ''}`;
  return { id: 'logs', title, form: 'log', text: reason === null ? lines.join('\n') || '(empty)' : `(could not be read: ${reason})`, priority };
}

function eventSection({ events, ref }: CurrentResource): ContextSection[] {
  if (events.length === 0) return [];
  const rows = events.map(({ at, type, reason, count, object, message }) => [
    new Date(at).toISOString(),
    type,
    reason,
    String(count),
    refLabel(object),
    oneLine(message),
  ]);
  return [
    {
      id: 'events',
      title: `Events of ${refLabel(ref)}`,
      form: 'table',
      text: table(['LAST', 'TYPE', 'REASON', 'COUNT', 'OBJECT', 'MESSAGE'], rows),
      priority: 75,
    },
  ];
}

function changeSection({ recentChanges }: FocusSnapshot): ContextSection[] {
  if (recentChanges.length === 0) return [];
  const rows = recentChanges.map(({ timestamp, action, resource, by, what }) => [timestamp, action, refLabel(resource), by ?? '-', oneLine(what)]);
  return [
    { id: 'changes', title: 'Recent changes, the newest first', form: 'table', text: table(['AT', 'ACTION', 'OBJECT', 'BY', 'WHAT'], rows), priority: 70 },
  ];
}

function neighbourSection({ neighbours }: FocusSnapshot): ContextSection[] {
  if (neighbours.length === 0) return [];
  const rows = neighbours.map(({ from, relation, to, path, state }) => [from, relation, to, state ?? '-', path]);
  return [
    { id: 'neighbours', title: 'What it hangs together with', form: 'table', text: table(['FROM', 'RELATION', 'TO', 'STATE', 'FIELD'], rows), priority: 40 },
  ];
}

function otherIssues({ otherIssues: others }: FocusSnapshot): ContextSection[] {
  if (others.length === 0) return [];
  const rows = others.slice(0, mostOthers).map(({ severity, title, id }) => [severity, oneLine(title), id]);
  const quotes = others.slice(0, mostOthers).flatMap(logQuotes);
  return [
    { id: 'namespace', title: `Other open issues (${others.length})`, form: 'table', text: table(['SEVERITY', 'ISSUE', 'ID'], rows), priority: 30, quotes },
  ];
}

function namespaceSection({ namespace }: FocusSnapshot): ContextSection[] {
  if (namespace === null) return [];
  const { name, resourceCounts, unwell, unwellCount } = namespace;
  const counts = Object.entries(resourceCounts).flatMap(([kind, count]) => (count === 0 ? [] : [`${kind} ${count}`]));
  const lines = [
    `Namespace ${name}: ${counts.join(', ') || 'empty'}.`,
    ...(unwellCount === 0 ? ['Nothing in it is unwell.'] : [`Not well (${unwellCount}):`, ...unwell.map((line) => `- ${line}`)]),
  ];
  return [{ id: 'namespace', title: `Namespace ${name}`, form: 'text', text: lines.join('\n'), priority: 35 }];
}

function clusterSection({ cluster, takenAt }: FocusSnapshot): ContextSection {
  const nodes = cluster.nodeCount === null ? 'nodes may not be listed' : `${cluster.nodeCount} nodes`;
  const text = `Cluster ${cluster.name}: Kubernetes ${cluster.version ?? 'of unknown version'}, ${cluster.provider === 'unknown' ? 'provider unknown' : cluster.provider}, ${nodes}. As of ${takenAt}.`;
  return { id: 'cluster', title: 'Cluster', form: 'text', text, priority: 25, leavesWith: ['sendClusterMetadata'] };
}

function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Columns need no padding for a model, and cost tokens. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => row.join(' | ')).join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

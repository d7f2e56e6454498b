import { systemWatchClock } from '@quarterdeck/cluster';
import { type Issue, issueTouches, type Severity, severities } from '@quarterdeck/contract';
import { createLiveDiagnosis, type DiagnosisUpdate, toIssue } from '@quarterdeck/diagnosis';
import type { CommandContext } from '../context.ts';
import { issueNews, type NewsOfIssue } from '../output/issue-news.ts';
import { withProgress } from '../output/progress.ts';
import type { ClusterChoice } from './cluster-options.ts';
import { namespacesInReach } from './namespaces-in-reach.ts';
import { watchObjects } from './watched-objects.ts';

export interface WatchIssuesInput extends ClusterChoice {
  namespace?: string | undefined;
  severity?: Severity | undefined;
  output: 'table' | 'json' | 'yaml';
}

/** Tells what breaks, changes and mends, a line each, until the person interrupts. */
export async function watchIssues(input: WatchIssuesInput, context: CommandContext): Promise<void> {
  const { signal } = context;
  const access = await context.openAccess(input);
  try {
    const namespaces = input.namespace === undefined ? await namespacesInReach(access, input, signal) : [input.namespace];
    const source = await watchObjects(access, namespaces, signal);
    try {
      await withProgress(context.err, `Reading ${access.id}`, () => source.ready(signal));
      const live = createLiveDiagnosis({ source, evidence: access.evidence, clock: systemWatchClock, signal });
      tellNews(await live.ready(), new Map(), input, context);
      const known = shown(live.current(), input);
      live.subscribe((update) => tellNews(update, known, input, context));
      await live.ended;
    } finally {
      await source.close();
    }
  } finally {
    await access.close();
  }
}

function shown(update: DiagnosisUpdate | null, { namespace, severity }: WatchIssuesInput): Map<string, Issue> {
  const all = (update?.incidents ?? []).map(toIssue);
  const kept = all.filter((issue) => {
    const isBad = severity === undefined || severities.indexOf(issue.severity) <= severities.indexOf(severity);
    return isBad && (namespace === undefined || issueTouches(issue, namespace));
  });
  return new Map(kept.map((issue) => [issue.id, issue]));
}

/** What is another one than before; `known` becomes what there is now. */
function tellNews(update: DiagnosisUpdate, known: Map<string, Issue>, input: WatchIssuesInput, { out }: CommandContext): void {
  const now = shown(update, input);
  const news: NewsOfIssue[] = [
    ...[...now.values()].flatMap((issue) => newsOf(known.get(issue.id), issue)),
    ...[...known.values()].filter(({ id }) => !now.has(id)).map((issue) => ({ state: 'resolved' as const, issue })),
  ];
  known.clear();
  for (const [id, issue] of now) known.set(id, issue);
  const at = new Date(update.checkedAt).toISOString();
  for (const one of news) {
    out.write(input.output === 'table' ? issueNews(one, at, { columns: out.columns ?? 100, colour: out.colour }) : `${JSON.stringify({ at, ...one })}\n`);
  }
}

function newsOf(before: Issue | undefined, issue: Issue): NewsOfIssue[] {
  if (before === undefined) return [{ state: 'detected', issue }];
  return before.severity === issue.severity && before.explanation === issue.explanation ? [] : [{ state: 'changed', issue }];
}

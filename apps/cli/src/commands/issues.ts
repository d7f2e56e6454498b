import { AppError, type Issue, type IssueReport, issueTouches, type Severity, severities } from '@quarterdeck/contract';
import * as z from 'zod';
import { type ClusterChoice, clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import type { Diagnosed } from '../cluster/diagnose-cluster.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { issuesFound } from '../exit-codes.ts';
import { issueNews } from '../output/issue-news.ts';
import { issueTable } from '../output/issue-table.ts';
import { structured } from '../output/structured.ts';

export const issues = defineCommand({
  name: 'issues',
  summary: 'Show what is broken and why, worst first',
  description: 'Looks at the whole cluster, or at one namespace. Nothing is changed.',
  input: z.object({
    ...clusterInput,
    namespace: z.string().min(1).optional(),
    allNamespaces: z.boolean().default(false),
    severity: z.enum(severities).optional(),
    dismissed: z.boolean().default(false),
    resolved: z.boolean().default(false),
    watch: z.boolean().default(false),
    output: z.enum(['table', 'json', 'yaml']).default('table'),
    exitCode: z.boolean().default(false),
  }),
  arguments: {},
  options: {
    namespace: { short: 'n', value: 'name', description: 'Only this namespace' },
    allNamespaces: { short: 'A', description: 'All namespaces (the default)' },
    severity: { value: 'critical|high|medium|low', description: 'Only issues of this severity or worse' },
    dismissed: { description: 'Only those that somebody put aside in the workbench' },
    resolved: { description: 'Those that the workbench has seen go away, for a week' },
    watch: { short: 'w', description: 'Tell what breaks, changes and mends until interrupted; custom resources are left out' },
    output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' },
    exitCode: { description: `End with ${issuesFound} when there are issues` },
    ...clusterOptions,
  },
  examples: [
    ['issues', 'everything that is broken'],
    ['issues -n shop -o json', 'one namespace, for a program'],
    ['issues --severity high --exit-code', 'for a pipeline'],
    ['issues --watch -n shop', 'what happens from now on'],
  ],
  async run(input, context) {
    if (input.allNamespaces && input.namespace !== undefined) {
      throw new AppError('VALIDATION_ERROR', '--namespace and --all-namespaces exclude each other.', { hint: 'Leave one of them out.' });
    }
    if ([input.dismissed, input.resolved, input.watch].filter(Boolean).length > 1) {
      throw new AppError('VALIDATION_ERROR', '--dismissed, --resolved and --watch exclude each other.', { hint: 'Give one of them.' });
    }
    if (input.watch) {
      const { watchIssues } = await import('../cluster/watch-issues.ts');
      await watchIssues(input, context);
      return 0;
    }
    if (input.resolved) return listResolved(input, context);
    const { diagnoseCluster, reportOf } = await import('../cluster/diagnose-cluster.ts');
    return diagnoseCluster(input, context, async (outcome) => {
      const all = limitTo(reportOf(outcome, input.namespace), input.severity);
      const report = input.dismissed ? await onlyDismissed(all, context) : all;
      context.out.write(input.output === 'table' ? table(report, outcome, input, context) : structured(report, input.output));
      return input.exitCode && report.issues.length > 0 ? issuesFound : 0;
    });
  },
});

async function onlyDismissed(report: IssueReport, context: CommandContext): Promise<IssueReport> {
  const { dismissedIds } = await import('../cluster/kept-issues.ts');
  const dismissed = await dismissedIds(report.cluster, context);
  const issues = report.issues.filter(({ id }) => dismissed.has(id));
  return { ...report, findings: [], issues: issues.map((issue) => ({ ...issue, explanation: `${issue.explanation}${asideText(dismissed.get(issue.id))}` })) };
}

function asideText(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '' : ` Put aside: ${reason}`;
}

async function listResolved(input: ClusterChoice & Shown, context: CommandContext): Promise<number> {
  const { resolvedIssues } = await import('../cluster/kept-issues.ts');
  const access = await context.openAccess(input);
  try {
    const kept = (await resolvedIssues(access.id, context)).filter((issue) => input.namespace === undefined || issueTouches(issue, input.namespace));
    const report = limitTo({ cluster: access.id, issues: kept, findings: [], coverage: { complete: true, skipped: [] } }, input.severity);
    context.out.write(input.output === 'table' ? resolvedTable(report.issues, context) : structured(report, input.output));
    return 0;
  } finally {
    await access.close();
  }
}

function resolvedTable(issues: readonly Issue[], { out }: CommandContext): string {
  if (issues.length === 0) return 'The workbench has seen no issue go away lately\n';
  return issues
    .map((issue) => issueNews({ state: 'resolved', issue }, issue.life?.since ?? issue.detectedAt, { columns: out.columns ?? 100, colour: out.colour }))
    .join('');
}

interface Shown {
  namespace?: string | undefined;
  severity?: Severity | undefined;
  output: 'table' | 'json' | 'yaml';
}

function limitTo(report: IssueReport, worstOf: Severity | undefined): IssueReport {
  if (worstOf === undefined) return report;
  const kept = (entry: { severity: Severity }) => severities.indexOf(entry.severity) <= severities.indexOf(worstOf);
  return { ...report, issues: report.issues.filter(kept), findings: report.findings.filter(kept) };
}

function table(
  report: IssueReport,
  { snapshot }: Diagnosed,
  input: { namespace?: string | undefined; severity?: Severity | undefined },
  { out, now }: CommandContext,
): string {
  return issueTable(report, {
    columns: out.columns ?? 100,
    colour: out.colour,
    now: now(),
    where: input.namespace === undefined ? `cluster ${report.cluster}` : `namespace ${input.namespace}`,
    objectsChecked: snapshot.objects.length,
    worstOf: input.severity ?? null,
  });
}

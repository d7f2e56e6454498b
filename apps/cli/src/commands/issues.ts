import { AppError, type IssueReport, type Severity, severities } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import type { Diagnosed } from '../cluster/diagnose-cluster.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { issuesFound } from '../exit-codes.ts';
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
    output: z.enum(['table', 'json', 'yaml']).default('table'),
    exitCode: z.boolean().default(false),
  }),
  arguments: {},
  options: {
    namespace: { short: 'n', value: 'name', description: 'Only this namespace' },
    allNamespaces: { short: 'A', description: 'All namespaces (the default)' },
    severity: { value: 'critical|high|medium|low', description: 'Only issues of this severity or worse' },
    output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' },
    exitCode: { description: `End with ${issuesFound} when there are issues` },
    ...clusterOptions,
  },
  examples: [
    ['issues', 'everything that is broken'],
    ['issues -n shop -o json', 'one namespace, for a program'],
    ['issues --severity high --exit-code', 'for a pipeline'],
  ],
  async run(input, context) {
    if (input.allNamespaces && input.namespace !== undefined) {
      throw new AppError('VALIDATION_ERROR', '--namespace and --all-namespaces exclude each other.', { hint: 'Leave one of them out.' });
    }
    const { diagnoseCluster, reportOf } = await import('../cluster/diagnose-cluster.ts');
    return diagnoseCluster(input, context, (outcome) => {
      const report = limitTo(reportOf(outcome, input.namespace), input.severity);
      context.out.write(input.output === 'table' ? table(report, outcome, input, context) : structured(report, input.output));
      return input.exitCode && report.issues.length > 0 ? issuesFound : 0;
    });
  },
});

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

import { type AdviceReport, type AdviceSeverity, type AdviceThresholds, AppError, adviceSeverities, adviceThresholdsSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { issuesFound } from '../exit-codes.ts';
import { adviceTable } from '../output/advice-table.ts';
import { structured } from '../output/structured.ts';

export const lint = defineCommand({
  name: 'lint',
  summary: 'Show what could be better although nothing is broken',
  description:
    'Looks at the objects alone; reads no log and no Secret. The namespaces of Kubernetes itself are left out unless one is named. An annotation quarterdeck.dev/ignore: CODE[,CODE] on an object, its workload or its namespace silences checks there.',
  input: z.object({
    ...clusterInput,
    namespace: z.string().min(1).optional(),
    allNamespaces: z.boolean().default(false),
    check: z.string().min(1).optional(),
    policy: z.boolean().default(false),
    threshold: z.array(z.string().regex(/^\w+=/, 'must be NAME=VALUE')).default([]),
    failOn: z.enum(adviceSeverities).optional(),
    output: z.enum(['table', 'json', 'yaml']).default('table'),
  }),
  arguments: {},
  options: {
    namespace: { short: 'n', value: 'name', description: 'Only this namespace' },
    allNamespaces: { short: 'A', description: 'All namespaces (the default)' },
    check: { value: 'code', description: 'Only this check; `qd explain-check` lists them' },
    policy: { description: 'The policy pack as well: rules that a company may have' },
    threshold: { value: 'name=value', repeatable: true, description: 'Where a check draws its line, e.g. maxMemoryLimit=2Gi' },
    failOn: { value: adviceSeverities.join('|'), description: `End with ${issuesFound} when there is advice of this severity or worse` },
    output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' },
    ...clusterOptions,
  },
  examples: [
    ['lint -n shop', 'one namespace'],
    ['lint --policy --threshold requiredLabels=team,owner', 'with the rules of a company'],
    ['lint --fail-on low -o json', 'for a pipeline'],
  ],
  async run(input, context) {
    if (input.allNamespaces && input.namespace !== undefined) {
      throw new AppError('VALIDATION_ERROR', '--namespace and --all-namespaces exclude each other.', { hint: 'Leave one of them out.' });
    }
    const thresholds = thresholdsOf(input.threshold);
    const [{ readSnapshot }, { diagnosisKinds, lintSnapshot }] = await Promise.all([
      import('../cluster/diagnose-cluster.ts'),
      import('@quarterdeck/diagnosis'),
    ]);
    const access = await context.openAccess(input);
    try {
      const snapshot = await readSnapshot(access, input, context, diagnosisKinds);
      const { namespace, check, policy } = input;
      if (check !== undefined) await requireCheck(check);
      const report = lintSnapshot(snapshot, { namespace, check, policy: policy || check?.startsWith('policy-') === true, thresholds });
      const { out } = context;
      const where = namespace === undefined ? `cluster ${report.cluster}` : `namespace ${namespace}`;
      out.write(input.output === 'table' ? adviceTable(report, { columns: out.columns ?? 100, colour: out.colour, where }) : structured(report, input.output));
      return fails(report, input.failOn) ? issuesFound : 0;
    } finally {
      await access.close();
    }
  },
});

function thresholdsOf(typed: readonly string[]): AdviceThresholds {
  const values = Object.fromEntries(typed.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]));
  const parsed = adviceThresholdsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const name = String(first?.path[0] ?? (first?.code === 'unrecognized_keys' ? first.keys[0] : ''));
  const message =
    first?.code === 'unrecognized_keys' ? `--threshold ${name}: there is no such threshold.` : `--threshold ${name}: ${first?.message ?? 'is not valid'}.`;
  throw new AppError('VALIDATION_ERROR', message, { hint: `There are: ${Object.keys(adviceThresholdsSchema.shape).join(', ')}.` });
}

/** A misspelt code must not pass for a clean cluster. */
async function requireCheck(code: string): Promise<void> {
  const { checkNamed } = await import('../catalogue/check-named.ts');
  if (checkNamed(code).origin !== 'lint')
    throw new AppError('VALIDATION_ERROR', `${code} is a finding of \`qd issues\`, not a check of qd lint.`, { hint: 'See `qd explain-check`.' });
}

function fails({ advice }: AdviceReport, failOn: AdviceSeverity | undefined): boolean {
  return failOn !== undefined && advice.some(({ severity }) => adviceSeverities.indexOf(severity) <= adviceSeverities.indexOf(failOn));
}

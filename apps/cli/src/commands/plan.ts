import { AppError, type Issue, oneLine, type Plan, planHorizonSchema, planMarkdown, planShell } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import type { Diagnosed } from '../cluster/diagnose-cluster.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { planText } from '../output/plan-text.ts';
import { structured } from '../output/structured.ts';

export const plan = defineCommand({
  name: 'plan',
  summary: 'Propose a fix for an issue',
  description: 'The commands are only shown: nothing is executed.',
  input: z.object({
    ...clusterInput,
    issue: z.string().min(1),
    offline: z.boolean().default(true),
    horizon: planHorizonSchema.default('short'),
    note: z.string().max(4000, 'may have at most 4000 characters').default(''),
    namespace: z.string().min(1).optional(),
    output: z.enum(['text', 'json', 'yaml', 'markdown', 'shell']).default('text'),
  }),
  arguments: { issue: 'Id of the issue, as `qd issues` shows it' },
  options: {
    offline: { description: 'Without a language model (the default, and the only way so far)' },
    horizon: { value: 'short|long', description: 'A quick fix, or also what keeps it from coming back (default: short)' },
    note: {
      value: 'text',
      description: "What you know of the situation ('do not restart', 'cannot roll back', 'the image is right', 'only tonight', 'GitOps')",
    },
    namespace: { short: 'n', value: 'name', description: 'Look for the issue in this namespace only, which is faster' },
    output: { short: 'o', value: 'text|json|yaml|markdown|shell', description: 'Form of the output (default: text)' },
    ...clusterOptions,
  },
  examples: [
    ['plan 3f9a2c', 'the fix for one issue, to read'],
    ['plan 3f9a2c --horizon long -o json', 'with recommendations, for a program'],
    ["plan 3f9a2c --note 'we cannot roll back' -o shell", 'as a script to read and then run'],
  ],
  async run(input, context) {
    const [{ diagnoseCluster }, { planFor, toIssue }] = await Promise.all([import('../cluster/diagnose-cluster.ts'), import('@quarterdeck/diagnosis')]);
    return diagnoseCluster(input, context, (outcome) => {
      const incident = findIncident(outcome, input.issue, input.namespace);
      const proposed = planFor(incident, outcome.diagnosis.view, { userContext: input.note, horizon: input.horizon });
      context.out.write(rendered(toIssue(incident), proposed, input.output, context));
      return 0;
    });
  },
});

function rendered(issue: Issue, proposed: Plan, form: 'text' | 'json' | 'yaml' | 'markdown' | 'shell', { out }: CommandContext): string {
  switch (form) {
    case 'text':
      return planText(issue, proposed, { columns: out.columns ?? 100, colour: out.colour });
    case 'markdown':
      return `# ${oneLine(issue.title)}\n\n${issue.explanation}\n\n${planMarkdown(proposed)}\n`;
    case 'shell':
      return planShell(issue, proposed);
    default:
      return structured(proposed, form);
  }
}

function findIncident({ diagnosis }: Diagnosed, id: string, namespace: string | undefined) {
  const found = diagnosis.incidents.find((incident) => incident.id === id);
  if (found !== undefined) return found;
  const where = namespace === undefined ? 'the cluster' : `namespace ${namespace}`;
  throw new AppError('NOT_FOUND', `There is no issue ${id} in ${where} now.`, { hint: 'It may be solved; `qd issues` shows what there is.' });
}

import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { yesInput, yesOptions } from '../changes/change-options.ts';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

export const fix = defineCommand({
  name: 'fix',
  summary: 'Carry out the plan for an issue: preview, ask, apply, wait until it is true',
  description:
    'Each step is tried by the API server first and shown with what it changes and reaches. It stops at the first step that fails; `qd actions undo` takes back what was done.',
  input: z.object({
    kubeconfig,
    context,
    issue: z.string().min(1),
    namespace: z.string().min(1).optional(),
    note: z.string().max(4000, 'may have at most 4000 characters').default(''),
    step: z.array(z.string().min(1)).default([]),
    dryRun: z.boolean().default(false),
    ...yesInput,
    output: z.enum(['text', 'json', 'yaml']).default('text'),
  }),
  arguments: { issue: 'Id of the issue, as `qd issues` shows it' },
  options: {
    namespace: { short: 'n', value: 'name', description: 'Look for the issue in this namespace only, which is faster' },
    note: { value: 'text', description: 'What you know of the situation; see `qd plan`' },
    step: { value: 'id', repeatable: true, description: 'Only this step of the plan (s1, s2 …)' },
    dryRun: { description: 'Preview it, and change nothing' },
    ...yesOptions,
    output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['fix 3f9a2c --dry-run', 'what would be done, and what it reaches'],
    ['fix 3f9a2c', 'show it, ask, do it'],
    ['fix 3f9a2c --step s1 --yes -o json', 'one step of the plan, for a program'],
  ],
  async run(input, context) {
    const [{ diagnoseCluster }, { planFor, stepsOfPlan, toIssue }, { carryOut }, { lookForIssue }, { withDesk }] = await Promise.all([
      import('../cluster/diagnose-cluster.ts'),
      import('@quarterdeck/diagnosis'),
      import('../actions/carry-out.ts'),
      import('../actions/look-for-issue.ts'),
      import('../actions/with-desk.ts'),
    ]);
    return diagnoseCluster(input, context, async ({ access, diagnosis }) => {
      const { view, incidents } = diagnosis;
      const incident = incidents.find(({ id }) => id === input.issue);
      if (incident === undefined)
        throw new AppError('NOT_FOUND', `There is no issue ${input.issue} now.`, { hint: 'It may be solved; `qd issues` shows what there is.' });
      const plan = planFor(incident, view, { userContext: input.note, horizon: 'short' });
      const at = new Date(context.now()).toISOString();
      const found = await stepsOfPlan(plan, { at, object: async (ref) => view.find(ref) ?? null, only: input.step.length === 0 ? null : input.step });
      if (found.steps.length === 0) {
        throw new AppError('UNSUPPORTED', 'The plan for this issue has no step that changes anything.', { hint: `Read it with: qd plan ${input.issue}` });
      }
      return withDesk(context, async (open) => {
        const proposedBy = { id: open.person, kind: 'person' as const };
        const title = `Fix: ${toIssue(incident).title}`.slice(0, 300);
        const action = await open.desk.propose(access, { title, issue: incident.id, ...found, proposedBy }, context.signal);
        return carryOut(action, open, { ...input, access, issues: lookForIssue(access, input) }, context);
      });
    });
  },
});

import * as z from 'zod';
import { yesInput, yesOptions } from '../changes/change-options.ts';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

export const actionsUndo = defineCommand({
  name: 'actions undo',
  summary: 'Take back what an action did, the last step first',
  description: 'It is previewed and asked about like every action.',
  input: z.object({
    kubeconfig,
    context,
    action: z.string().min(1),
    dryRun: z.boolean().default(false),
    ...yesInput,
    output: z.enum(['text', 'json', 'yaml']).default('text'),
  }),
  arguments: { action: 'The id from `qd actions list`' },
  options: {
    dryRun: { description: 'Preview it, and change nothing' },
    ...yesOptions,
    output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' },
    kubeconfig: clusterOptions.kubeconfig,
    context: { ...clusterOptions.context, description: 'Context of the kubeconfig (default: that of the action)' },
  },
  examples: [['actions undo 019a7f9c-1c1e-70d5-8c0e-9f530c1c6f0f', 'show it, ask, do it']],
  async run(input, context) {
    const [{ carryOut }, { withDesk }] = await Promise.all([import('../actions/carry-out.ts'), import('../actions/with-desk.ts')]);
    return withDesk(context, async (open) => {
      const { cluster } = await open.desk.get(input.action);
      const access = await context.openAccess({ kubeconfig: input.kubeconfig, context: input.context ?? cluster });
      try {
        const undo = await open.desk.undo(access, input.action, { id: open.person, kind: 'person' }, context.signal);
        return await carryOut(undo, open, { ...input, access, issues: null }, context);
      } finally {
        // A run that is still under way needs the cluster until it was given up.
        await open.desk.close();
        await access.close();
      }
    });
  },
});

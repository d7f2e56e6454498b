import { AppError, type RolloutStatus } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, selectionInput, timeoutInput } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../output/printable.ts';

const { kubeconfig, context, namespace } = changeInput;

export const rolloutStatus = defineCommand({
  name: 'rollout status',
  summary: 'Follow a rollout until it is done',
  description: 'Ends with an error where the rollout fails or takes longer than --timeout.',
  input: z.object({
    ...{ kubeconfig, context, namespace },
    targets: selectionInput.targets,
    watch: z.enum(['true', 'false']).default('true'),
    timeout: timeoutInput,
  }),
  arguments: {},
  rest: ['targets', 'TYPE NAME, or TYPE/NAME'],
  options: {
    watch: { value: 'true|false', description: 'Whether to follow it until it is done (default: true)' },
    timeout: { value: 'duration', description: 'How long to wait (default: 0s, as long as it takes)' },
    namespace: changeOptions.namespace,
    kubeconfig: changeOptions.kubeconfig,
    context: changeOptions.context,
  },
  examples: [['rollout status deploy/web --timeout=2m', 'wait for a deployment']],
  async run(input, commandContext) {
    const [{ withCluster }, { selectTargets }, { followRollout }] = await Promise.all([
      import('../changes/change-session.ts'),
      import('../changes/select-targets.ts'),
      import('@quarterdeck/cluster'),
    ]);
    const { signal } = commandContext;
    return withCluster({ ...input, dryRun: 'none' }, commandContext, async (session) => {
      for (const target of await selectTargets(session, input)) {
        const statuses = followRollout(session.access, target, { timeoutSeconds: input.timeout, signal });
        await tell(statuses, commandContext, { once: input.watch === 'false' });
      }
      return 0;
    });
  },
});

async function tell(statuses: AsyncIterable<RolloutStatus>, { out, err }: CommandContext, { once }: { once: boolean }): Promise<void> {
  let told: RolloutStatus | null = null;
  for await (const status of statuses) {
    refuseFailed(status);
    if (status.message !== told?.message) out.write(`${status.message}\n`);
    if (status.reason !== null && status.reason !== told?.reason) err.write(`    ${printable(status.reason)}\n`);
    told = status;
    if (once) return;
  }
}

function refuseFailed({ state, message, reason }: RolloutStatus): void {
  if (state === 'failed') throw new AppError('CLUSTER_ERROR', `${message}.`, { hint: reason ?? 'Look at its pods and events.' });
}

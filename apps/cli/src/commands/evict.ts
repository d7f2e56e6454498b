import type { Change } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, selectionInput, selectionOptions, showInput, showOptions, yesInput, yesOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

export const evict = defineCommand({
  name: 'evict',
  summary: 'End pods, as far as their disruption budgets allow it',
  description: 'Asks first on a terminal.',
  input: z.object({
    ...changeInput,
    ...showInput,
    ...selectionInput,
    ...yesInput,
    gracePeriod: z.coerce.number('must be a number of seconds').int().min(-1).default(-1),
  }),
  arguments: {},
  rest: ['targets', 'Names of pods'],
  options: {
    gracePeriod: { value: 'seconds', description: "Time for the pods to end (default: each pod's own)" },
    ...selectionOptions,
    ...yesOptions,
    ...showOptions,
    ...changeOptions,
  },
  examples: [['evict web-7d9c', 'refused where a budget needs the pod']],
  async run(input, context) {
    const { runChanges, withCluster } = await import('../changes/change-session.ts');
    const { selectTargets } = await import('../changes/select-targets.ts');
    const { confirm, several } = await import('../changes/confirm.ts');
    return withCluster(input, context, async (session) => {
      const targets = await selectTargets(session, { ...input, type: 'pods' });
      await confirm(session, `Evict ${several(targets.map(({ name }) => `pod/${name}`))}?`, {
        yes: input.yes,
        confirm: input.confirm,
        namespace: session.namespace,
      });
      const grace = input.gracePeriod < 0 ? {} : { gracePeriodSeconds: input.gracePeriod };
      return runChanges(
        session,
        targets.map((target): Change => ({ verb: 'evict', target, ...grace })),
        'evicted',
      );
    });
  },
});

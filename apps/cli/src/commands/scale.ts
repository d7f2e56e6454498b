import type { Change } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, selectionInput, selectionOptions, showInput, showOptions, yesInput, yesOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

const replicas = z.coerce.number('must be a number').int().nonnegative('must not be negative');

export const scale = defineCommand({
  name: 'scale',
  summary: 'Set how many pods a workload has',
  description: 'Asks first on a terminal where none would be left.',
  input: z.object({
    ...changeInput,
    ...showInput,
    ...selectionInput,
    ...yesInput,
    replicas,
    currentReplicas: replicas.optional(),
    resourceVersion: z.string().min(1).optional(),
  }),
  arguments: {},
  rest: ['targets', 'TYPE NAME …, or TYPE/NAME …'],
  options: {
    replicas: { value: 'number', description: 'How many pods' },
    currentReplicas: { value: 'number', description: 'Only where it has so many now' },
    resourceVersion: { value: 'version', description: 'Only where it did not change since' },
    ...selectionOptions,
    ...yesOptions,
    ...showOptions,
    ...changeOptions,
  },
  examples: [
    ['scale deploy/web --replicas=3', 'three pods'],
    ['scale deploy/web --replicas=3 --current-replicas=2', 'only from two'],
  ],
  async run(input, context) {
    const { runChanges, resourceName, withCluster } = await import('../changes/change-session.ts');
    const { selectTargets } = await import('../changes/select-targets.ts');
    const [{ several }, { confirmChanges }] = await Promise.all([import('../changes/confirm.ts'), import('../changes/confirm-changes.ts')]);
    return withCluster(input, context, async (session) => {
      const targets = await selectTargets(session, input);
      const question = `Scale ${several(targets.map((target) => resourceName(target)))} to 0?`;
      const { currentReplicas, resourceVersion } = input;
      const only = { ...(currentReplicas === undefined ? {} : { currentReplicas }), ...(resourceVersion === undefined ? {} : { resourceVersion }) };
      const changes = targets.map((target): Change => ({ verb: 'scale', target, replicas: input.replicas, ...only }));
      if (input.replicas === 0) await confirmChanges(session, changes, question, { yes: input.yes, confirm: input.confirm, namespace: session.namespace });
      return runChanges(session, changes, 'scaled');
    });
  },
});

import type { Change } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, selectionInput, selectionOptions, showInput, showOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

export const rolloutUndo = defineCommand({
  name: 'rollout undo',
  summary: 'Go back to an earlier revision of a workload',
  input: z.object({ ...changeInput, ...showInput, ...selectionInput, toRevision: z.coerce.number('must be a number').int().nonnegative().default(0) }),
  arguments: {},
  rest: ['targets', 'TYPE NAME …, or TYPE/NAME …'],
  options: {
    toRevision: { value: 'revision', description: 'This one (default: the one before the current)' },
    ...selectionOptions,
    ...showOptions,
    ...changeOptions,
  },
  examples: [
    ['rollout undo deploy/web', 'the revision before'],
    ['rollout undo deploy/web --to-revision=3', 'one of `qd rollout history`'],
  ],
  async run(input, context) {
    const [{ runChanges, withCluster }, { selectTargets }] = await Promise.all([
      import('../changes/change-session.ts'),
      import('../changes/select-targets.ts'),
    ]);
    return withCluster(input, context, async (session) => {
      const toRevision = input.toRevision === 0 ? {} : { toRevision: input.toRevision };
      const changes = (await selectTargets(session, input)).map((target): Change => ({ verb: 'undo', target, ...toRevision }));
      return runChanges(session, changes, 'rolled back');
    });
  },
});

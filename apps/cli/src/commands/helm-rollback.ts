import { helmRollbackSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { forceInput, forceOptions, helmInput, helmOptions, release, revision, timingInput, timingOptions } from '../helm/helm-options.ts';

export const helmRollback = defineCommand({
  name: 'helm rollback',
  summary: 'Take a release back to a revision',
  description: '`qd helm diff` shows beforehand what that changes.',
  input: z.object({ ...helmInput, release, revision, ...forceInput, ...timingInput }),
  arguments: { release: 'Name of the release', revision: 'The revision, as `qd helm history` shows it' },
  options: { ...forceOptions, ...timingOptions, ...helmOptions },
  examples: [['helm rollback web 3 -n shop --wait', 'back to revision 3']],
  async run(input, context) {
    const [{ withRelease }, { checked, runOperation, timeoutSeconds }] = await Promise.all([
      import('../helm/with-releases.ts'),
      import('../helm/run-operation.ts'),
    ]);
    return withRelease(input, context, (_releases, target, access) => {
      const given = {
        ...target,
        revision: input.revision,
        forceConflicts: input.forceConflicts,
        wait: input.wait,
        timeoutSeconds: timeoutSeconds(input.timeout),
      };
      return runOperation(access, { do: 'rollback', input: checked(helmRollbackSchema, given) }, context);
    });
  },
});

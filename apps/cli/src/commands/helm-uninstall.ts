import { helmUninstallSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { helmInput, helmOptions, release, timingInput, timingOptions } from '../helm/helm-options.ts';

export const helmUninstall = defineCommand({
  name: 'helm uninstall',
  summary: 'Uninstall a release and delete its objects',
  input: z.object({ ...helmInput, release, keepHistory: z.boolean().default(false), ...timingInput }),
  arguments: { release: 'Name of the release' },
  options: { keepHistory: { description: 'Keep the records, so that it can be rolled back' }, ...timingOptions, ...helmOptions },
  examples: [['helm uninstall web -n shop', 'everything that the release made']],
  async run(input, context) {
    const [{ withRelease }, { checked, runOperation, timeoutSeconds }] = await Promise.all([
      import('../helm/with-releases.ts'),
      import('../helm/run-operation.ts'),
    ]);
    return withRelease(input, context, (_releases, target, access) => {
      const given = { ...target, keepHistory: input.keepHistory, wait: input.wait, timeoutSeconds: timeoutSeconds(input.timeout) };
      return runOperation(access, { do: 'uninstall', input: checked(helmUninstallSchema, given) }, context);
    });
  },
});

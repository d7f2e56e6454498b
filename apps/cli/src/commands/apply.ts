import * as z from 'zod';
import { changeInput, changeOptions, fileInput, fileOptions, showInput, showOptions, yesInput, yesOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

export const apply = defineCommand({
  name: 'apply',
  summary: 'Make objects as files describe them',
  description:
    'Server-side apply: fields that others own are refused, by name, unless conflicts are forced. Unknown fields are refused. Asks first in production.',
  input: z.object({
    ...changeInput,
    ...showInput,
    ...fileInput,
    ...yesInput,
    forceConflicts: z.boolean().default(false),
    serverSide: z.boolean().default(true),
  }),
  arguments: {},
  options: {
    ...fileOptions,
    forceConflicts: { description: 'Take over fields that others own' },
    serverSide: { description: 'Always the case; taken for the habit' },
    ...yesOptions,
    ...showOptions,
    ...changeOptions,
  },
  examples: [
    ['apply -f web.yaml', 'create or change what the file describes'],
    ['apply -f k8s/ -R --dry-run=server', 'let the server try a folder'],
  ],
  async run(input, context) {
    const [{ runChanges, withCluster }, { confirmInProduction }, { readManifests }] = await Promise.all([
      import('../changes/change-session.ts'),
      import('../changes/confirm-changes.ts'),
      import('../changes/read-manifests.ts'),
    ]);
    return withCluster(input, context, async (session) => {
      const changes = await readManifests(session, input, { verb: 'apply', force: input.forceConflicts });
      await confirmInProduction(session, changes, 'Apply', input);
      return runChanges(session, changes, 'serverside-applied');
    });
  },
});

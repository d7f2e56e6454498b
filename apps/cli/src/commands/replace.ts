import * as z from 'zod';
import { changeInput, changeOptions, fileInput, fileOptions, showInput, showOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

export const replace = defineCommand({
  name: 'replace',
  summary: 'Put the objects of files in place of those in the cluster',
  description: 'Where a file has a resourceVersion, an object that changed since is left alone.',
  input: z.object({ ...changeInput, ...showInput, ...fileInput }),
  arguments: {},
  options: { ...fileOptions, ...showOptions, ...changeOptions },
  examples: [['replace -f web.yaml', 'the whole object, as the file has it']],
  async run(input, context) {
    const [{ runChanges, withCluster }, { readManifests }] = await Promise.all([
      import('../changes/change-session.ts'),
      import('../changes/read-manifests.ts'),
    ]);
    return withCluster(input, context, async (session) => runChanges(session, await readManifests(session, input, { verb: 'replace' }), 'replaced'));
  },
});

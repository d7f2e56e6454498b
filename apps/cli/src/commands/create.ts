import * as z from 'zod';
import { changeInput, changeOptions, fileInput, fileOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

export const create = defineCommand({
  name: 'create',
  summary: 'Create the objects of files',
  input: z.object({ ...changeInput, ...fileInput }),
  arguments: {},
  options: { ...fileOptions, ...changeOptions },
  examples: [
    ['create -f pod.yaml', 'fails where there is one already'],
    ['create job now --from=cronjob/nightly', 'run a CronJob at once'],
  ],
  async run(input, context) {
    const [{ runChanges, withCluster }, { readManifests }] = await Promise.all([
      import('../changes/change-session.ts'),
      import('../changes/read-manifests.ts'),
    ]);
    return withCluster(input, context, async (session) => runChanges(session, await readManifests(session, input, { verb: 'create' }), 'created'));
  },
});

import { existsSync } from 'node:fs';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { startWorkbench } from '../processes/start-workbench.ts';

export const snapshotOpen = defineCommand({
  name: 'snapshot open',
  summary: 'Open a saved cluster in the workbench, for reading only',
  input: z.object({ file: z.string().min(1) }),
  arguments: { file: 'A file of `qd snapshot save`, or a folder or file of `kubectl cluster-info dump`' },
  options: {},
  examples: [
    ['snapshot open incident.qdb.json.gz', 'look at the cluster as it was'],
    ['snapshot open dump/', 'what kubectl cluster-info dump --output-directory=dump wrote'],
  ],
  run({ file }, context) {
    if (!existsSync(file)) throw new AppError('NOT_FOUND', `There is no file ${file}.`, { hint: 'Check the path.' });
    return startWorkbench(['--bundle', file], context);
  },
});

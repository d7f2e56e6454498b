import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { serverOptions, startWorkbench } from '../processes/start-workbench.ts';

export const start = defineCommand({
  name: 'start',
  summary: 'Start the workbench (the same as qd alone)',
  description: 'Without a usable kubeconfig it opens the recorded demo. PORT chooses the port.',
  input: z.object(clusterInput),
  arguments: {},
  options: clusterOptions,
  examples: [
    ['', 'the workbench on the current context'],
    ['--context staging', 'on another one'],
  ],
  run: (choice, context) => startWorkbench(serverOptions(choice), context),
});

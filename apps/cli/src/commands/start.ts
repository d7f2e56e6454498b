import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { serverOptions, startWorkbench } from '../processes/start-workbench.ts';

export const start = defineCommand({
  name: 'start',
  summary: 'Start the workbench (the same as qd alone)',
  description: 'Without a usable kubeconfig it opens the recorded demo. PORT chooses the port.',
  input: z.object({ ...clusterInput, team: z.boolean().default(false) }),
  arguments: {},
  options: { ...clusterOptions, team: { description: 'For a team: people log in, each with a role and what they may see' } },
  examples: [
    ['', 'the workbench on the current context'],
    ['--context staging', 'on another one'],
    ['start --team', 'where people log in; without a real cluster with two accounts to try'],
  ],
  run: ({ team, ...choice }, context) => startWorkbench([...serverOptions(choice), ...(team ? ['--team'] : [])], context),
});

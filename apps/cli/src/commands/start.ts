import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { startWorkbench } from '../processes/start-workbench.ts';

export const start = defineCommand({
  name: 'start',
  summary: 'Start the workbench (the same as qd alone)',
  description: 'Every option is handed to the workbench: `qd start --help` shows them.',
  input: z.object({ options: z.array(z.string()) }),
  arguments: {},
  options: {},
  passThrough: 'options',
  examples: [],
  run: ({ options }, context) => startWorkbench(options, context),
});

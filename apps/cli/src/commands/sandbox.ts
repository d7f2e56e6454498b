import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { ensureSandboxProgram, scenarioFolder } from '../sandbox/sandbox-program.ts';

export const sandbox = defineCommand({
  name: 'sandbox',
  summary: 'Run a real Kubernetes on this machine, with faults to try things on',
  description: 'Every argument is handed to the sandbox program: `qd sandbox --help` shows its commands. It is built from source when it is first used.',
  input: z.object({ arguments: z.array(z.string()) }),
  arguments: {},
  options: {},
  passThrough: 'arguments',
  examples: [
    ['sandbox up', 'start a cluster'],
    ['sandbox load image-missing-tag', 'break something in it'],
    ['sandbox down', 'end it and remove what it left'],
  ],
  async run({ arguments: args }, context) {
    const command = await ensureSandboxProgram(context);
    return context.runChild({ command, args, env: { SCENARIOS: scenarioFolder(context.environment) } });
  },
});

import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const just = defineCommand({
  name: 'just',
  summary: 'Hand everything to kubectl, as it is',
  description:
    'kubectl reaches the cluster through a proxy of its own on this machine, so that it never holds the credential. What it changes is written down..',
  input: z.object({ arguments: z.array(z.string()).default([]) }),
  arguments: {},
  options: {},
  passThrough: 'arguments',
  examples: [['just get pods -A', 'as kubectl get pods -A']],
  async run({ arguments: args }, context) {
    if (args.length === 0) throw new AppError('VALIDATION_ERROR', 'A command of kubectl is missing.', { hint: 'Write it as `qd just get pods`.' });
    const { runKubectl } = await import('../processes/run-kubectl.ts');
    return runKubectl(args, context);
  },
});

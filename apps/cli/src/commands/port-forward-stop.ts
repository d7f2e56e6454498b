import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const portForwardStop = defineCommand({
  name: 'port-forward stop',
  summary: 'End forwards that run in the background',
  input: z.object({ names: z.array(z.string().min(1)).default([]), all: z.boolean().default(false), forget: z.boolean().default(false) }),
  arguments: {},
  rest: ['names', 'What they are called'],
  options: {
    all: { description: 'All that run' },
    forget: { description: 'And remember them no longer' },
  },
  examples: [
    ['port-forward stop db', 'its ports are free when this ends'],
    ['port-forward stop --all', 'every one'],
  ],
  async run({ names, all, forget }, context) {
    if (all === names.length > 0) throw new AppError('VALIDATION_ERROR', 'Names or --all are needed, not both.', { hint: 'See `qd port-forward list`.' });
    const [{ rememberedForwards, runningForwards }, { stopForward }] = await Promise.all([
      import('../forwards/kept-forwards.ts'),
      import('../forwards/forward-list.ts'),
    ]);
    const chosen = all ? (await runningForwards(context).list()).map(({ name }) => name) : names;
    for (const name of chosen) {
      const remembered = rememberedForwards(context);
      const known = forget && (await remembered.list()).some((forward) => forward.name === name);
      if (known) await remembered.remove(name);
      const ran = await stopForward(name, context, { orElse: known });
      context.out.write(`${name} ${ran ? 'stopped' : 'forgotten'}\n`);
    }
    if (chosen.length === 0) context.err.write('None runs in the background.\n');
    return 0;
  },
});

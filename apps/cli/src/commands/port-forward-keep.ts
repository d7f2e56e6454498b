import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const portForwardKeep = defineCommand({
  name: 'port-forward keep',
  summary: 'Carry a forward of --background, which starts this itself',
  input: z.object({ name: z.string().min(1) }),
  arguments: { name: 'What it is called' },
  options: {},
  examples: [],
  async run({ name }, context) {
    const [{ runningForwards }, { carryInBackground }, { openRecordedForward }] = await Promise.all([
      import('../forwards/kept-forwards.ts'),
      import('../forwards/background-forward.ts'),
      import('../forwards/open-recorded-forward.ts'),
    ]);
    const kept = await runningForwards(context).read(name);
    const access = await context.openAccess(kept);
    try {
      await carryInBackground(await openRecordedForward(access, kept.request, context), kept, context);
      return 0;
    } finally {
      await access.close();
    }
  },
});

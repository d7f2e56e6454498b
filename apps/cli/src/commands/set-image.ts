import { AppError, type Change } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, showInput, showOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

export const setImage = defineCommand({
  name: 'set image',
  summary: 'Give containers of a workload another image',
  input: z.object({ ...changeInput, ...showInput, words: z.array(z.string().min(1)) }),
  arguments: {},
  rest: ['words', 'TYPE NAME or TYPE/NAME, then CONTAINER=IMAGE …; * for all containers'],
  options: { ...showOptions, ...changeOptions },
  examples: [
    ['set image deploy/web web=nginx:1.29', 'one container'],
    ["set image ds/agent '*=agent:2'", 'all of them'],
  ],
  async run(input, context) {
    const [{ runChanges, withCluster }, { selectTargets }] = await Promise.all([
      import('../changes/change-session.ts'),
      import('../changes/select-targets.ts'),
    ]);
    const pairs = input.words.filter((word) => word.includes('='));
    if (pairs.length === 0) throw new AppError('VALIDATION_ERROR', 'No image is given.', { hint: 'Write CONTAINER=IMAGE behind the workload.' });
    const images = Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
    return withCluster(input, context, async (session) => {
      const targets = await selectTargets(session, { targets: input.words.filter((word) => !word.includes('=')) });
      return runChanges(
        session,
        targets.map((target): Change => ({ verb: 'setImage', target, images })),
        'image updated',
      );
    });
  },
});

import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const configEdit = defineCommand({
  name: 'config edit',
  summary: 'Edit the file of settings in your editor',
  description: 'What is wrong is shown above the text, to be mended; a file with a mistake is never put in place. An empty text calls it off.',
  input: z.object({}),
  arguments: {},
  options: {},
  examples: [['config edit', 'in VISUAL or EDITOR, else vi']],
  async run(_, context) {
    const [{ settingsHere }, { editSettings }] = await Promise.all([import('../models/with-models.ts'), import('../models/edit-settings.ts')]);
    return editSettings(settingsHere(context), context);
  },
});

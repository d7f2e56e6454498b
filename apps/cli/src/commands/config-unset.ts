import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const configUnset = defineCommand({
  name: 'config unset',
  summary: 'Forget one setting, or a whole provider or price',
  input: z.object({ field: z.string().min(1) }),
  arguments: { field: 'Its path, with dots' },
  options: {},
  examples: [['config unset providers.house', 'an endpoint of your own']],
  async run({ field }, context) {
    const [{ settingsHere }, { settingAt, withoutSetting }] = await Promise.all([import('../models/with-models.ts'), import('@quarterdeck/assistant')]);
    const file = settingsHere(context);
    const wasSet = settingAt(await file.read(), field) !== undefined;
    await file.change((before) => withoutSetting(before, field));
    context.out.write(wasSet ? `Forgot ${field}\n` : `${field} was not set\n`);
    return 0;
  },
});

import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const storageBackup = defineCommand({
  name: 'storage backup',
  summary: 'Copy the storage into a file, also while a workbench uses it',
  description:
    'For SQLite. Credentials in it stay encrypted: keep their key elsewhere. To go back, stop the workbench and put the file in place of the storage.',
  input: z.object({ file: z.string().min(1) }),
  arguments: { file: 'Where to write it; it must not be there yet' },
  options: {},
  examples: [['storage backup quarterdeck-2026-01-31.db', 'one moment of it, whole']],
  async run({ file }, context) {
    const [{ backupStorage }, { withStorage }] = await Promise.all([import('@quarterdeck/storage'), import('../ledger/with-storage.ts')]);
    const bytes = await withStorage(context, 'guest', (storage) => backupStorage(storage, file));
    context.err.write(`Wrote ${file} (${Math.ceil(bytes / 1024)} KiB).\n`);
    return 0;
  },
});

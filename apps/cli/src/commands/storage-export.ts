import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const storageExport = defineCommand({
  name: 'storage export',
  summary: 'Write everything in the storage into a file that SQLite and PostgreSQL both take',
  description: 'May be used meanwhile. Credentials stay encrypted: whoever imports them needs the same key.',
  input: z.object({ file: z.string().min(1) }),
  arguments: { file: 'Where to write it; it must not be there yet' },
  options: {},
  examples: [['storage export quarterdeck.jsonl', 'from the storage of QUARTERDECK_STORAGE, or of this machine']],
  async run({ file }, context) {
    const [{ exportStorage }, { withStorage }, { writeLines }] = await Promise.all([
      import('@quarterdeck/storage'),
      import('../ledger/with-storage.ts'),
      import('../ledger/write-lines.ts'),
    ]);
    await withStorage(context, 'guest', ({ db }) => writeLines(file, exportStorage(db, context.now())));
    context.err.write(`Wrote ${file}.\n`);
    return 0;
  },
});

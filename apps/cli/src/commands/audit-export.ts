import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const auditExport = defineCommand({
  name: 'audit export',
  summary: 'Write the ledger as lines of JSON, oldest first',
  description: 'Each line is a row: seq, previous, record, hash. The hash is the SHA-256 of the canonical JSON (RFC 8785) of the other three.',
  input: z.object({ file: z.string().min(1).optional(), from: z.coerce.number('must be a number').int().positive().default(1) }),
  arguments: { file: 'Where to write it; left out, standard output' },
  options: { from: { value: 'number', description: 'From this row on (default: 1)' } },
  examples: [['audit export ledger.jsonl', 'all of it']],
  async run({ file, from }, context) {
    const [{ readEntries }, { withStorage }, { writeLines }] = await Promise.all([
      import('@quarterdeck/storage'),
      import('../ledger/with-storage.ts'),
      import('../ledger/write-lines.ts'),
    ]);
    await withStorage(context, 'guest', async ({ db }) => {
      const lines = linesOf(readEntries(db, from));
      if (file !== undefined) await writeLines(file, lines);
      else for await (const line of lines) context.out.write(line);
    });
    return 0;
  },
});

async function* linesOf(entries: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const storageImport = defineCommand({
  name: 'storage import',
  summary: 'Take an export into an empty storage: all of it, or nothing',
  description: 'Stop the workbench first. The ledger in the file must prove itself.',
  input: z.object({ file: z.string().min(1) }),
  arguments: { file: 'What `qd storage export` wrote' },
  options: {},
  examples: [['storage import quarterdeck.jsonl', 'into the storage of QUARTERDECK_STORAGE, or of this machine']],
  async run({ file }, context) {
    const [{ importStorage }, { recordAct }, { withStorage }, { withActs }] = await Promise.all([
      import('@quarterdeck/storage'),
      import('@quarterdeck/cluster'),
      import('../ledger/with-storage.ts'),
      import('../ledger/with-acts.ts'),
    ]);
    const { rows } = await withStorage(context, 'server', ({ db }) => importStorage(db, linesOf(file)));
    // Written behind what was imported: before, the storage had to be empty.
    const draft = { action: 'storage.import' as const, target: null, input: { file }, kubectl: null };
    await withActs(context, null, (acts) =>
      recordAct(
        acts,
        draft,
        async () => rows,
        () => ({ detail: { rows } }),
      ),
    );
    context.err.write(`Took ${rows} rows.\n`);
    return 0;
  },
});

async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file, 'utf8');
  try {
    yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    const absent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new AppError(absent ? 'NOT_FOUND' : 'VALIDATION_ERROR', `${file} can't be read.`, { hint: 'Check the path.', cause });
  } finally {
    stream.destroy();
  }
}

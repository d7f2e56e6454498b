import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const configValidate = defineCommand({
  name: 'config validate',
  summary: 'Say everything that is wrong in the file of settings',
  input: z.object({ file: z.string().min(1).optional() }),
  arguments: { file: 'Another file of settings, before it is put in place' },
  options: {},
  examples: [
    ['config validate', 'the file that is used'],
    ['config validate ./models.json', 'another one'],
  ],
  async run({ file }, context) {
    const [{ settingsHere }, { settingProblems }, { problemLines }, { readFile }] = await Promise.all([
      import('../models/with-models.ts'),
      import('@quarterdeck/assistant'),
      import('../models/setting-text.ts'),
      import('node:fs/promises'),
    ]);
    const own = settingsHere(context);
    const text = file === undefined ? await own.text() : await readFile(file, 'utf8').catch((cause: unknown) => missing(file, cause));
    if (text === null) {
      context.out.write(`There is no ${own.path}: every setting has its default.\n`);
      return 0;
    }
    const problems = settingProblems(text);
    const path = file ?? own.path;
    if (problems.length === 0) {
      context.out.write(`${path} is valid.\n`);
      return 0;
    }
    context.out.write(problemLines(problems));
    throw new AppError('VALIDATION_ERROR', `${path} has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}.`, {
      hint: file === undefined ? 'Mend them with `qd config edit`.' : 'docs/reference/models.md lists the fields.',
    });
  },
});

function missing(file: string, cause: unknown): never {
  throw new AppError('NOT_FOUND', `${file} can't be read.`, { hint: 'Check its path and who may read it.', cause });
}

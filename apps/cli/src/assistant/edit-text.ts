import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';

/** A text as the person left it in their editor, in a file of that name. Throws CANCELLED where the editor fails. */
export async function editText(text: string, { environment, runChild }: Pick<CommandContext, 'environment' | 'runChild'>, name = 'text.md'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-edit-'));
  try {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    const [command = 'vi', ...args] = (environment.VISUAL ?? environment.EDITOR ?? 'vi').split(/\s+/).filter(Boolean);
    const code = await runChild({ command, args: [...args, file] });
    if (code !== 0) throw new AppError('CANCELLED', `The editor ${command} ended with ${code}: nothing was changed.`);
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { type ModelSettingsFile, parseModelSettings, settingProblems } from '@quarterdeck/assistant';
import { AppError } from '@quarterdeck/contract';
import { editText } from '../assistant/edit-text.ts';
import type { CommandContext } from '../context.ts';
import { problemLines } from './setting-text.ts';

const preface = '# Edit the settings; docs/reference/models.md lists them. An empty text calls it off.\n';

/** The file of settings in the person's editor, again and again until it is right or left as it is. @returns the exit code */
export async function editSettings(file: ModelSettingsFile, context: CommandContext): Promise<number> {
  const before = (await file.text()) ?? `${JSON.stringify(await file.read(), null, 2)}\n`;
  let text = before;
  let problems = settingProblems(text);
  for (;;) {
    const next = withoutComments(await editText(`${preface}${asComment(problemLines(problems))}${text}`, context, 'models.json'));
    if (next.trim() === '' || next === text) return calledOff(file, context, problems.length > 0);
    text = next;
    problems = settingProblems(text);
    if (problems.length === 0) break;
  }
  if ((await file.text()) !== null && (await file.text()) !== before) throw changedMeanwhile(file);
  await file.write(parseModelSettings(JSON.parse(text), file.path));
  context.err.write(`Wrote ${file.path}\n`);
  return 0;
}

function calledOff({ path }: ModelSettingsFile, { err }: CommandContext, wasWrong: boolean): number {
  err.write(wasWrong ? `Nothing was changed: the text for ${path} had mistakes.\n` : 'Nothing was changed.\n');
  return wasWrong ? 1 : 0;
}

function changedMeanwhile({ path }: ModelSettingsFile): AppError {
  return new AppError('CONFLICT', `${path} was changed while you edited it: nothing was written.`, { hint: 'Run `qd config edit` again.' });
}

function asComment(lines: string): string {
  return lines.replace(/^(?=.)/gm, '# ');
}

function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}

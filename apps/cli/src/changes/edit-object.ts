import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptOpenApi, kindFor, planEdit, readDocuments } from '@quarterdeck/cluster';
import { AppError, type Edit, type ObjectRef, refLabel } from '@quarterdeck/contract';
import { errorText } from '../output/error-text.ts';
import { kubeYaml } from '../print/kube-text.ts';
import { type ChangeSession, runChanges } from './change-session.ts';

const preface = '# Edit the object; nothing is sent where nothing is changed. An empty text calls it off.\n';

/** Opens an object in the person's editor and makes the change that the edit is. A text that can't be read is opened again with what is wrong. @returns the exit code */
export async function editObject(session: ChangeSession, target: ObjectRef, editor: string | undefined): Promise<number> {
  const { access, context } = session;
  const kind = kindFor(await access.kinds(context.signal), target);
  const base = { ...(await access.get(kind, target.namespace, target.name, context.signal)) };
  const { managedFields: _who, ...metadata } = base.metadata;
  const shown = { ...base, metadata };
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-edit-'));
  const file = join(folder, `${target.kind.toLowerCase()}-${target.name}.yaml`);
  try {
    const before = kubeYaml(shown);
    let text = before;
    let complaint = '';
    for (;;) {
      await writeFile(file, `${preface}${complaint}${text}`, { mode: 0o600 });
      await openEditor(session, file, editor);
      const after = withoutComments(await readFile(file, 'utf8'));
      if (after.trim() === '' || after === before || (complaint !== '' && after === text)) return calledOff(session, target, complaint !== '');
      text = after;
      const edited = parsed(text);
      if (edited instanceof AppError) {
        complaint = asComment(edited);
        continue;
      }
      return await apply(session, { target, base: shown, edited });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function apply(session: ChangeSession, edit: Edit): Promise<number> {
  const { change, conflicts } = await planEdit(session.access, edit, new KeptOpenApi(), session.context.signal);
  const owners = conflicts.map(({ manager, fields }) => `${manager} set ${fields.join(', ')}`);
  if (owners.length > 0) session.context.err.write(`Taken over: ${owners.join('; ')}.\n`);
  const taken = change.verb === 'apply' && conflicts.length > 0 ? { ...change, force: true } : change;
  return runChanges(session, [taken], 'edited');
}

function calledOff({ context }: ChangeSession, target: ObjectRef, wasWrong: boolean): number {
  context.err.write(wasWrong ? `Nothing was changed: the text of ${refLabel(target)} could not be read.\n` : 'Edit cancelled, no changes made.\n');
  return wasWrong ? 1 : 0;
}

async function openEditor({ context }: ChangeSession, file: string, editor: string | undefined): Promise<void> {
  const { KUBE_EDITOR, VISUAL, EDITOR } = context.environment;
  const [command = 'vi', ...args] = (editor ?? KUBE_EDITOR ?? VISUAL ?? EDITOR ?? 'vi').split(/\s+/).filter(Boolean);
  const code = await context.runChild({ command, args: [...args, file] });
  if (code !== 0) throw new AppError('CANCELLED', `The editor ${command} ended with ${code}: nothing was changed.`);
}

function parsed(text: string): Record<string, unknown> | AppError {
  try {
    const [document, ...more] = readDocuments(text, 'the text');
    if (document !== undefined && more.length === 0) return document.object;
    return new AppError('VALIDATION_ERROR', 'The text must hold one object.');
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
}

function asComment(error: AppError): string {
  return errorText(error, {})
    .trim()
    .split('\n')
    .map((line) => `# ${line}\n`)
    .join('');
}

function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}

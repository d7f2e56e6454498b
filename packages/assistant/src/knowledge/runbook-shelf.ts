import { constants } from 'node:fs';
import { access, lstat, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { AppError, type RunbookFile, type RunbookFolder, runbookPathSchema, toAppError } from '@quarterdeck/contract';
import type { Passage } from './knowledge.ts';
import { readRunbook } from './read-runbook.ts';
import { type ReadRunbook, readRunbooks } from './runbook-folder.ts';

/** Where runbooks lie: QUARTERDECK_RUNBOOKS, folders between colons, else one of the workbench's own. */
export function runbookFolders(environment: Readonly<Record<string, string | undefined>>, stateDirectory: string): string[] {
  const named = (environment.QUARTERDECK_RUNBOOKS ?? '').split(':').filter((folder) => folder !== '');
  return named.length > 0 ? named : [join(stateDirectory, 'runbooks')];
}

/** The runbooks of the configured folders. Paths are those below a folder; nothing outside of one is read or written. */
export interface RunbookShelf {
  readonly folders: readonly string[];
  passages(): Promise<Passage[]>;
  list(): Promise<RunbookFolder[]>;
  /** Throws NOT_FOUND. */
  read(folder: string, path: string): Promise<string>;
  /** Throws CONFLICT where it is new and there is one, VALIDATION_ERROR for front matter that can't be read, UNSUPPORTED where the folder takes nothing. */
  write(folder: string, path: string, markdown: string, isNew: boolean): Promise<RunbookFile>;
  /** Throws NOT_FOUND. */
  remove(folder: string, path: string): Promise<void>;
}

/**
 * @param folders those that are configured; only these can be written to
 * @param failed told of folders and files that can't be read: the others are read all the same
 */
export function openRunbookShelf(folders: readonly string[], failed: (error: AppError, folder: string) => void): RunbookShelf {
  return {
    folders,
    async passages() {
      const read = folders.map(async (folder) => (await shelved(folder, failed)).flatMap(({ passages }) => passages));
      return (await Promise.all(read)).flat();
    },
    list: () => Promise.all(folders.map(listed)),
    read: async (folder, path) => readFile(await fileIn(folders, folder, path), 'utf8').catch(noRunbook(path)),
    async write(folder, path, markdown, isNew) {
      const passages = readRunbook(path, markdown);
      const file = await fileIn(folders, folder, path);
      if (isNew && (await exists(file))) {
        throw new AppError('CONFLICT', `There is a runbook ${path} already.`, { hint: 'Choose another name, or change that one.' });
      }
      await mkdir(dirname(file), { recursive: true }).catch(notWritten(path));
      await requireInside(await realpath(folder), dirname(file), path);
      await replace(file, markdown).catch(notWritten(path));
      return fileOf(path, markdown, passages);
    },
    async remove(folder, path) {
      const file = await fileIn(folders, folder, path);
      await rm(file).catch(noRunbook(path));
    },
  };
}

async function shelved(folder: string, failed: (error: AppError, folder: string) => void): Promise<ReadRunbook[]> {
  try {
    const files = await filesOf(folder);
    for (const { problem } of files) if (problem !== null) failed(problem, folder);
    return files;
  } catch (thrown) {
    failed(toAppError(thrown), folder);
    return [];
  }
}

/** A folder that is not there yet is an empty one: it is made with the first runbook. */
async function filesOf(folder: string): Promise<ReadRunbook[]> {
  return readRunbooks(folder).catch((thrown: unknown) => {
    if (thrown instanceof AppError && isCode(thrown.cause, 'ENOENT')) return [];
    throw thrown;
  });
}

async function listed(folder: string): Promise<RunbookFolder> {
  const writable = await mayWrite(folder);
  try {
    const files = (await filesOf(folder)).map(({ path, text, passages, problem }) => ({ ...fileOf(path, text, passages), problem: problem?.message ?? null }));
    return { folder, writable, problem: null, files };
  } catch (thrown) {
    return { folder, writable: false, problem: toAppError(thrown).message, files: [] };
  }
}

function fileOf(path: string, text: string, passages: readonly Passage[]): RunbookFile {
  return { path, title: passages[0]?.title.replace(/: [^:]*$/, '') ?? path, passages: passages.length, size: text.length, problem: null };
}

/** Throws VALIDATION_ERROR for a path that leads out of the folder, whichever way, and NOT_FOUND for a folder that is none of ours. */
async function fileIn(folders: readonly string[], folder: string, path: string): Promise<string> {
  if (!folders.includes(folder)) {
    throw new AppError('NOT_FOUND', `${folder} is no folder of runbooks.`, { hint: `There are ${folders.join(', ')}. QUARTERDECK_RUNBOOKS names others.` });
  }
  if (!runbookPathSchema.safeParse(path).success) throw outside(path);
  const file = join(folder, path);
  const root = await realpath(folder).catch(() => null);
  if (root !== null) await requireInside(root, dirname(file), path);
  if (await isLink(file)) throw outside(path);
  return file;
}

/** What is not there yet is as far inside as the folder above it. */
async function requireInside(root: string, directory: string, path: string): Promise<void> {
  const real = await realpath(directory).catch(() => null);
  if (real === null) {
    const above = dirname(directory);
    if (above !== directory) await requireInside(root, above, path);
    return;
  }
  if (real !== root && !real.startsWith(`${root}${sep}`)) throw outside(path);
}

async function isLink(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null))?.isSymbolicLink() ?? false;
}

async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null)) !== null;
}

/** A folder that is not there yet is made where the one above can be written. */
async function mayWrite(folder: string): Promise<boolean> {
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    (thrown: unknown) => (isCode(thrown, 'ENOENT') ? null : false),
  );
  if (writable !== null) return writable;
  return dirname(folder) !== folder && mayWrite(dirname(folder));
}

/** Whoever reads finds the old one or the new one, never half of one. */
async function replace(file: string, markdown: string): Promise<void> {
  const temporary = join(dirname(file), `.${process.pid}-${Date.now()}.tmp`);
  const handle = await open(temporary, 'wx', 0o644);
  try {
    await handle.writeFile(markdown);
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

function noRunbook(path: string) {
  return (cause: unknown): never => {
    throw new AppError('NOT_FOUND', `There is no runbook ${path}.`, { hint: 'The list of runbooks shows what there is.', cause });
  };
}

function notWritten(path: string) {
  return (cause: unknown): never => {
    throw new AppError('UNSUPPORTED', `${path} can't be written.`, { hint: 'Check the rights and the space of the folder, or choose a shorter name.', cause });
  };
}

function outside(path: string): AppError {
  return new AppError('VALIDATION_ERROR', `${path} is no path of a runbook.`, { hint: 'Give the path of a .md file in the folder, without .. and links.' });
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}

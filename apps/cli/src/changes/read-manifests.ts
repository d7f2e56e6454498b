import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ManifestDocument, type ManifestOptions, manifestChanges, readDocuments } from '@quarterdeck/cluster';
import { AppError, type Change } from '@quarterdeck/contract';
import type { Input } from '../context.ts';
import type { ChangeSession } from './change-session.ts';
import { readKustomization } from './read-kustomization.ts';

export interface ManifestFiles {
  filename: readonly string[];
  recursive: boolean;
  /** A folder with a kustomization. */
  kustomize?: string | undefined;
}

/**
 * The changes that files ask for. Throws VALIDATION_ERROR that names file, document and line, NOT_FOUND for a file or
 * kind that is not there.
 */
export async function readManifests(
  session: ChangeSession,
  files: ManifestFiles,
  wanted: Pick<ManifestOptions, 'verb' | 'deletion'> & { force?: boolean },
): Promise<Change[]> {
  const { access, namespace, choice, context } = session;
  const { filename, kustomize } = files;
  if (filename.length === 0 && kustomize === undefined)
    throw new AppError('VALIDATION_ERROR', 'No file is given.', { hint: 'Name files or folders with -f, a kustomization with -k, or - for standard input.' });
  if (filename.length > 0 && kustomize !== undefined)
    throw new AppError('VALIDATION_ERROR', '-f and -k exclude each other.', { hint: 'Leave one of them out.' });
  const documents: ManifestDocument[] = [];
  for (const name of filename) documents.push(...(await documentsOf(name, files.recursive, context.input)));
  if (kustomize !== undefined) documents.push(...readDocuments(await readKustomization(kustomize, context.signal), kustomize));
  if (documents.length === 0) throw new AppError('VALIDATION_ERROR', 'The files hold no objects.', { hint: 'Check what -f names.' });
  const kinds = await access.kinds(context.signal);
  return manifestChanges(documents, { force: false, ...wanted, kinds, namespace, enforceNamespace: choice.namespace !== undefined });
}

async function documentsOf(name: string, recursive: boolean, input: Input): Promise<ManifestDocument[]> {
  if (name === '-') return readDocuments(await input.readAll(), 'standard input');
  const files = await filesIn(name, recursive);
  const texts = await Promise.all(files.map(async (file) => readDocuments(await readFile(file, 'utf8'), file)));
  return texts.flat();
}

async function filesIn(name: string, recursive: boolean): Promise<string[]> {
  const found = await stat(name).catch(() => null);
  if (found === null) throw new AppError('NOT_FOUND', `There is no file ${name}.`, { hint: 'Check the path.' });
  if (!found.isDirectory()) return [name];
  const entries = await readdir(name, { recursive, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

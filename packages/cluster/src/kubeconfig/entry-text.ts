import { dirname, isAbsolute, join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { fixedText, RotatingText, type TextSource } from '../credentials/rotating-text.ts';
import type { Located } from './kubeconfig-file.ts';

export interface FileDependencies {
  readFile(path: string): Promise<Uint8Array>;
  /** Epoch milliseconds. */
  now(): number;
}

/** A PEM text that stands in the entry as base64, or in a file that it names. */
export function pemText(entry: Located<unknown>, data: string | null | undefined, file: string | null | undefined, dependencies: FileDependencies): TextSource {
  if (data) return fixedText(Buffer.from(data, 'base64').toString('utf8'));
  return file ? fileText(entry, file, dependencies) : fixedText(null);
}

/** A file that an entry names; relative paths are beside the kubeconfig. Rejects with KUBECONFIG_INVALID. */
export function fileText(entry: Located<unknown>, file: string, dependencies: FileDependencies): RotatingText {
  const path = isAbsolute(file) ? file : join(dirname(entry.file), file);
  const read = async () => {
    try {
      return Buffer.from(await dependencies.readFile(path)).toString('utf8');
    } catch (thrown) {
      throw invalidEntry(entry, `${path} can't be read`, 'Check that the file exists and that you may read it.', thrown);
    }
  };
  return new RotatingText(read, dependencies.now);
}

export function invalidEntry(entry: Located<unknown>, what: string, hint: string, cause?: unknown): AppError {
  const at = entry.line === null ? entry.file : `${entry.file}, line ${entry.line}`;
  return new AppError('KUBECONFIG_INVALID', `${at}: ${what}.`, { hint, cause });
}

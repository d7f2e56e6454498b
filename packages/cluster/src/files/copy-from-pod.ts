import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { execInPod } from '../exec/exec-in-pod.ts';
import type { ExecSession } from '../exec/exec-session.ts';
import { lastText } from '../exec/run-in-pod.ts';
import type { Transport } from '../transport/transport.ts';
import { CopyCount, type CopyLimits, type CopyProgress, type CopyResult } from './copy-result.ts';
import { absolutePath, type FilePlace, splitPath } from './file-place.ts';
import { guardedCommand } from './guarded-command.ts';
import { missingTool, toolError } from './tool-error.ts';
import { type UnpackOptions, unpackTree } from './unpack-tree.ts';

export interface CopyFromPodRequest extends FilePlace {
  /** Absolute, a file or a folder. */
  path: string;
  /** Where it goes on this machine. A file goes into a folder that exists; the contents of a folder go into `destination` itself, as with kubectl. */
  destination: string;
  limits?: CopyLimits;
  onProgress?: ((progress: CopyProgress) => void) | undefined;
  /** Ends the copy and the program in the container. */
  signal: AbortSignal;
}

/**
 * Copies out of a container with its `tar`, as it comes: nothing is held in memory. Modes, times and links are kept,
 * owners are not. Throws UNSUPPORTED (no tar), NOT_FOUND, PAYLOAD_TOO_LARGE, and as `execInPod` and the file system do.
 */
export async function copyFromPod(api: Transport, request: CopyFromPodRequest): Promise<CopyResult> {
  const { path, destination, limits = {}, onProgress, root = '', ...place } = request;
  const { parent, name } = splitPath(absolutePath(path));
  const count = new CopyCount(onProgress);
  const base = name === '.' ? null : name;
  const options = { folder: destination, single: await placeOfFile(destination, name), base, limits, count };
  const command = guardedCommand(['tar', '-cf', '-', '-C', `${root}${parent}`, base === null ? '.' : `./${base}`]);
  const session = await execInPod(api, { ...place, command, stdin: true });
  try {
    await receive(session, path, options);
    return count.result();
  } catch (thrown) {
    throw missingTool(thrown, ['sh', 'tar']) ?? thrown;
  } finally {
    session.close();
  }
}

async function receive(session: ExecSession, path: string, options: UnpackOptions): Promise<void> {
  const { count } = options;
  const said = lastText(session.stderr);
  const broken = await unpackTree(session.stdout, options).then(() => null, brokenArchive);
  // An archive that ends in the middle has its reason in how tar ended.
  const { exitCode } = await session.status;
  const stderr = await said;
  if (exitCode !== 0 && count.entries === 0) throw toolError('tar', path, { exitCode, stderr });
  if (broken !== null) throw broken;
  if (exitCode !== 0) for (const line of complaints(stderr)) count.skip(line.name, line.reason);
}

/** Where a single file goes: into a folder that exists, or under the name that is given. */
async function placeOfFile(destination: string, name: string): Promise<{ folder: string; name: string }> {
  const found = await stat(destination).catch(() => null);
  if (found?.isDirectory() || destination.endsWith('/')) return { folder: destination, name };
  const full = resolve(destination);
  return { folder: dirname(full), name: basename(full) };
}

/** Throws what is not about the archive. */
function brokenArchive(thrown: unknown): AppError {
  if (thrown instanceof AppError && thrown.code === 'CLUSTER_ERROR') return thrown;
  throw thrown;
}

/** What tar could not read, while it read the rest: `tar: ./name: Cannot open: Permission denied`. */
function complaints(stderr: string): { name: string; reason: string }[] {
  return stderr
    .split('\n')
    .map((line) => /^tar: (?:can't open '(.+)'|(.+?)): (.+)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, quoted, plain, reason = '']) => ({ name: (quoted ?? plain ?? '').replace(/^\.\//, ''), reason }));
}

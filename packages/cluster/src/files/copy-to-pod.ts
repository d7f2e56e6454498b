import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError, toAppError } from '@quarterdeck/contract';
import { execInPod } from '../exec/exec-in-pod.ts';
import type { ExecSession } from '../exec/exec-session.ts';
import { lastText, runInPod } from '../exec/run-in-pod.ts';
import type { Transport } from '../transport/transport.ts';
import { CopyCount, type CopyProgress, type CopyResult } from './copy-result.ts';
import { absolutePath, type FilePlace, splitPath } from './file-place.ts';
import { packTree } from './pack-tree.ts';
import { StallWatch } from './stall-watch.ts';
import { missingTool, toolError } from './tool-error.ts';

export interface CopyToPodRequest extends FilePlace {
  /** A file or a folder on this machine. */
  source: string;
  /** Absolute. Where it is a folder in the container already, the source goes into it under its own name, as with kubectl. */
  path: string;
  onProgress?: ((progress: CopyProgress) => void) | undefined;
  /** Ends the copy and the program in the container. */
  signal: AbortSignal;
}

/**
 * Copies into a container with its `tar`, as it is read: nothing is held in memory. Modes, times and links are kept;
 * all belongs to the container's user. Throws UNSUPPORTED (no tar), NOT_FOUND (source, folder), and as `execInPod` does.
 */
export async function copyToPod(api: Transport, { source, path, onProgress, root = '', ...place }: CopyToPodRequest): Promise<CopyResult> {
  await requireSource(source);
  const count = new CopyCount(onProgress);
  const { parent, name } = await targetOf(api, { ...place, root }, path, basename(resolve(source)));
  try {
    // -o: what belongs to somebody here belongs to nobody there. -p: modes as they are, whatever the umask.
    const session = await execInPod(api, { ...place, command: ['tar', '-xopf', '-', '-C', `${root}${parent}`], stdin: true });
    try {
      await send(session, packTree(source, name, count), parent);
    } finally {
      session.close();
    }
    await requireArrived(api, { ...place, root }, `${parent === '/' ? '' : parent}/${name}`);
  } catch (thrown) {
    throw (await whyBroken(api, place, thrown)) ?? thrown;
  }
  return count.result();
}

/** A container without tar may break the connection before that is said; asked without data on its way, it is. */
async function whyBroken(api: Transport, place: FilePlace & { signal: AbortSignal }, thrown: unknown): Promise<AppError | null> {
  if (!(thrown instanceof AppError) || thrown.code !== 'CLUSTER_UNREACHABLE') return missingTool(thrown, ['tar']);
  const probe = await runInPod(api, { ...place, command: ['tar', '--help'], maxBytes: 65_536 }).catch((reason: unknown) => reason);
  return missingTool(probe, ['tar']);
}

async function requireSource(source: string): Promise<void> {
  await stat(source).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new AppError('NOT_FOUND', `There is no ${source} on this machine.`, { cause });
    throw new AppError('VALIDATION_ERROR', `${source} can not be read: ${cause.message}.`, { cause });
  });
}

async function targetOf(api: Transport, place: FilePlace & { signal: AbortSignal; root: string }, path: string, sourceName: string) {
  const wanted = absolutePath(path);
  if (wanted === '/' || path.endsWith('/') || (await isFolder(api, place, wanted))) return { parent: wanted, name: sourceName };
  return splitPath(wanted);
}

type Rooted = FilePlace & { signal: AbortSignal; root: string };

/** Without a `test` nobody can say: then a folder is what ends with a slash. */
async function isFolder(api: Transport, place: Rooted, path: string): Promise<boolean> {
  return (await tests(api, place, ['-d'], path)) === true;
}

/** A runtime that is busy may call a program a success that has failed: what is not there was not copied. */
async function requireArrived(api: Transport, place: Rooted, path: string): Promise<void> {
  // A link that leads nowhere is there as well.
  if ((await tests(api, place, ['-e', '-L'], path)) !== false) return;
  throw new AppError('NOT_FOUND', `${path} is not in the container after the copy.`, {
    hint: 'Check that its folder exists and can be written, then copy again.',
  });
}

/** Whether one of the conditions holds; null where the container has no `test`. */
async function tests(api: Transport, { root, ...place }: Rooted, conditions: readonly string[], path: string): Promise<boolean | null> {
  const either = conditions.flatMap((condition, index) => [...(index === 0 ? [] : ['-o']), condition, `${root}${path}`]);
  try {
    return (await runInPod(api, { ...place, command: ['test', ...either], maxBytes: 1024 })).exitCode === 0;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.details.program === 'test') return null;
    throw thrown;
  }
}

async function send(session: ExecSession, archive: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  const watch = new StallWatch(session);
  const said = lastText(watch.complaints(session.stderr));
  const ignored = lastText(session.stdout);
  let failure: AppError | null = null;
  const sending = writeAll(session, archive, watch).catch((thrown: unknown) => {
    failure = toAppError(thrown);
    // What kept us from reading ends it; what kept us from writing has its reason in how tar ended.
    if (failure.code !== 'CLUSTER_UNREACHABLE') session.close();
  });
  try {
    const { exitCode } = await session.status;
    if (exitCode !== 0) throw toolError('tar', path, { exitCode, stderr: await said });
    await Promise.all([sending, ignored]);
  } catch (thrown) {
    const ended = toAppError(thrown);
    // What tar said may arrive where its end does not: a connection with data on its way to nobody breaks.
    if ((ended.code === 'CLUSTER_UNREACHABLE' || watch.stalled) && (await said) !== '') throw toolError('tar', path, { exitCode: 2, stderr: await said });
    throw failure ?? ended;
  } finally {
    watch.stop();
  }
}

async function writeAll(session: ExecSession, archive: AsyncIterable<Uint8Array>, watch: StallWatch): Promise<void> {
  for await (const chunk of archive) {
    await session.write(chunk);
    watch.progress();
  }
  await session.end().catch((thrown: unknown) => {
    // The archive itself says where it ends.
    if (!(thrown instanceof AppError) || thrown.code !== 'UNSUPPORTED') throw thrown;
  });
}

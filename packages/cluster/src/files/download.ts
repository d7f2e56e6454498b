import { AppError } from '@quarterdeck/contract';
import { execInPod } from '../exec/exec-in-pod.ts';
import type { ExecSession } from '../exec/exec-session.ts';
import { lastText, runInPod } from '../exec/run-in-pod.ts';
import type { Transport } from '../transport/transport.ts';
import { absolutePath, type FilePlace, splitPath } from './file-place.ts';
import { guardedCommand } from './guarded-command.ts';
import { missingTool, toolError } from './tool-error.ts';

export interface DownloadRequest extends FilePlace {
  /** Absolute; a file or a folder. */
  path: string;
  signal: AbortSignal;
}

export interface Download {
  /** The file's own name, or the folder's with `.tar`. */
  fileName: string;
  /** Breaks off with an error where the program in the container fails. Not read to its end, it ends the program. */
  chunks: AsyncIterable<Uint8Array>;
}

/** A file as it is, or a folder as an archive, sent as it is read. Throws NOT_FOUND, UNSUPPORTED, and as `execInPod`. */
export async function downloadFiles(api: Transport, { path, root = '', ...place }: DownloadRequest): Promise<Download> {
  const wanted = absolutePath(path);
  const full = `${root}${wanted}`;
  const { parent, name } = splitPath(wanted);
  const isFolder = await test(api, place, '-d', full);
  if (!isFolder && !(await test(api, place, '-f', full))) {
    throw new AppError('NOT_FOUND', `There is no file or folder ${wanted} in the container.`, { hint: 'Devices, pipes and sockets can not be downloaded.' });
  }
  const command = isFolder ? ['tar', '-cf', '-', '-C', `${root}${parent}`, name === '.' ? '.' : `./${name}`] : ['cat', full];
  const session = await execInPod(api, { ...place, command: guardedCommand(command), stdin: true });
  return { fileName: isFolder ? `${name === '.' ? 'root' : name}.tar` : name, chunks: contentOf(session, command[0] ?? '', wanted) };
}

async function test(api: Transport, place: FilePlace & { signal: AbortSignal }, what: '-d' | '-f', path: string): Promise<boolean> {
  try {
    return (await runInPod(api, { ...place, command: ['test', what, path], maxBytes: 1024 })).exitCode === 0;
  } catch (thrown) {
    throw missingTool(thrown, ['test']) ?? thrown;
  }
}

async function* contentOf(session: ExecSession, tool: string, path: string): AsyncGenerator<Uint8Array> {
  try {
    const said = lastText(session.stderr);
    yield* session.stdout;
    const status = await session.status;
    if (status.exitCode !== 0) throw toolError(tool, path, { ...status, stderr: await said });
  } catch (thrown) {
    throw missingTool(thrown, ['sh', tool]) ?? thrown;
  } finally {
    session.close();
  }
}

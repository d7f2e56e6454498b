import { randomUUID } from 'node:crypto';
import { AppError, toAppError } from '@quarterdeck/contract';
import { execInPod } from '../exec/exec-in-pod.ts';
import { lastText, runInPod } from '../exec/run-in-pod.ts';
import type { Transport } from '../transport/transport.ts';
import { absolutePath, type FilePlace } from './file-place.ts';
import { missingTool, toolError } from './tool-error.ts';

export interface UploadRequest extends FilePlace {
  /** Absolute: the file itself, not the folder it goes into. */
  path: string;
  content: AsyncIterable<Uint8Array>;
  /** More than that is refused. */
  maxBytes: number;
  signal: AbortSignal;
}

/**
 * The shell stays and keeps its output open: containerd closes the input of a program as soon as its output ends, and
 * `cat` with its output in a file would see the end of its input too early, without an error.
 */
const receiveScript = 'cat > "$1"; status=$?; exit $status';

/** Puts what arrived in its place; a file that is there keeps its owner and mode. Only all of it is put there. */
const replaceScript = `if [ "$(wc -c < "$1")" -ne "$3" ]; then echo "only a part arrived" >&2; exit 1; fi
if [ -e "$2" ]; then cat "$1" > "$2" && rm -f "$1"; else mv "$1" "$2"; fi`;

/**
 * Writes one file into a container, as it comes, beside its place first: what breaks off leaves the old one as it was.
 * @returns how many bytes it has
 * Throws UNSUPPORTED (no shell), NOT_FOUND (folder), PAYLOAD_TOO_LARGE, and as `execInPod`.
 */
export async function uploadFile(api: Transport, { path, content, maxBytes, root = '', ...place }: UploadRequest): Promise<number> {
  const wanted = absolutePath(path);
  const full = `${root}${wanted}`;
  const part = `${full}.${randomUUID().slice(0, 8)}.part`;
  try {
    const bytes = await writePart(api, place, { part, wanted, content, maxBytes });
    const put = await runInPod(api, { ...place, command: ['sh', '-c', replaceScript, 'sh', part, full, String(bytes)], maxBytes: 1024 });
    if (put.exitCode !== 0) throw toolError('sh', wanted, put);
    return bytes;
  } catch (thrown) {
    // The first error is what matters; without a shell there is nothing to take away.
    await runInPod(api, { ...place, command: ['rm', '-f', part], maxBytes: 1024, signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    throw missingTool(thrown, ['sh']) ?? thrown;
  }
}

interface Part {
  part: string;
  wanted: string;
  content: AsyncIterable<Uint8Array>;
  maxBytes: number;
}

async function writePart(api: Transport, place: FilePlace & { signal: AbortSignal }, { part, wanted, content, maxBytes }: Part): Promise<number> {
  const session = await execInPod(api, { ...place, command: ['sh', '-c', receiveScript, 'sh', part], stdin: true });
  try {
    const said = lastText(session.stderr);
    let bytes = 0;
    const send = async () => {
      for await (const chunk of content) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) throw new AppError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes.`);
        await session.write(chunk);
      }
      await session.end();
    };
    const failure = await send().then(() => null, toAppError);
    if (failure !== null && failure.code !== 'CLUSTER_UNREACHABLE') throw failure;
    const status = await session.status;
    if (status.exitCode !== 0) throw toolError('sh', wanted, { ...status, stderr: await said });
    if (failure !== null) throw failure;
    return bytes;
  } finally {
    session.close();
  }
}

import { AppError } from '@quarterdeck/contract';
import type { Transport } from '../transport/transport.ts';
import { type ExecRequest, execInPod } from './exec-in-pod.ts';
import type { ExecStatus } from './exec-session.ts';

export interface RunRequest extends Omit<ExecRequest, 'tty' | 'stdin'> {
  input?: Uint8Array;
  /** More output than that is an error. */
  maxBytes: number;
}

export interface RunOutcome extends ExecStatus {
  stdout: Buffer;
  /** The last 4 KiB. */
  stderr: string;
}

/** Runs a short program to its end. Throws PAYLOAD_TOO_LARGE, and as `execInPod` and the session's `status` do. */
export async function runInPod(api: Transport, { input, maxBytes, ...request }: RunRequest): Promise<RunOutcome> {
  const session = await execInPod(api, { ...request, stdin: input !== undefined });
  try {
    const feed = input === undefined ? null : session.write(input).then(() => session.end());
    const [stdout, stderr, status] = await Promise.all([collect(session.stdout, maxBytes), lastText(session.stderr), session.status, feed]);
    return { ...status, stdout, stderr };
  } finally {
    session.close();
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError('PAYLOAD_TOO_LARGE', `The program says more than ${Math.round(maxBytes / 1024)} KiB.`);
    kept.push(chunk);
  }
  return Buffer.concat(kept, size);
}

const keptText = 4096;

/** The end of what comes, where errors stand. Costs no more memory than that. */
export async function lastText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = Buffer.alloc(0);
  for await (const chunk of chunks) text = Buffer.concat([text, chunk]).subarray(-keptText);
  return text.toString('utf8').trim();
}

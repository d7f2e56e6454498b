import type { Output } from '../context.ts';

const eraseLine = '\r\x1b[K';

/** Says on a terminal what is being waited for, and takes it away at the end; elsewhere silent. */
export async function withProgress<T>(err: Output, text: string, work: () => Promise<T>): Promise<T> {
  if (err.columns === null) return work();
  err.write(`${text} …`);
  try {
    return await work();
  } finally {
    err.write(eraseLine);
  }
}

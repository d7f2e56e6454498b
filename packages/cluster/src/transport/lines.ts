import { AppError } from '@quarterdeck/contract';

const newline = 0x0a;

/**
 * Splits a byte stream at newlines, whatever the chunks are. Lines are decoded whole, so a character that is cut in
 * two by a chunk survives. Empty lines are left out; a last line without newline counts. A line of more than
 * `maxLineBytes` throws CLUSTER_ERROR.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const add = (part: Uint8Array) => {
    pendingBytes += part.byteLength;
    if (pendingBytes > maxLineBytes) throw tooLong(maxLineBytes);
    pending.push(part);
  };
  const take = () => {
    const line = Buffer.concat(pending, pendingBytes).toString('utf8');
    pending = [];
    pendingBytes = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      add(chunk.subarray(start, end));
      start = end + 1;
      const line = take();
      if (line !== '') yield line;
    }
    if (start < chunk.byteLength) add(chunk.subarray(start));
  }
  if (pendingBytes > 0) yield take();
}

function tooLong(maxLineBytes: number): AppError {
  return new AppError('CLUSTER_ERROR', `The cluster sent a line of more than ${Math.round(maxLineBytes / 1024 / 1024)} MiB.`, {
    hint: 'An object of this size is not readable here; look at it with kubectl.',
  });
}

import { AppError } from '@quarterdeck/contract';

const largestBody = 1024 * 1024;
/** Milliseconds; a body of this size comes much faster over any line. */
const longestWait = 30_000;

/** The body of a call as text. Throws PAYLOAD_TOO_LARGE above 1 MiB, whether it says its length or not, and TIMEOUT where it does not arrive. */
export async function readText(request: Pick<Request, 'headers' | 'body'>, wait = longestWait): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > largestBody) throw tooLarge();
  if (request.body === null) return '';
  const reader = request.body.getReader();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void reader.cancel().catch(() => undefined); // Whatever comes of it, the call has failed.
  }, wait);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.byteLength;
      if (size > largestBody) throw tooLarge();
      chunks.push(read.value);
    }
  } finally {
    clearTimeout(timer);
  }
  if (late) throw tooSlow();
  return Buffer.concat(chunks, size).toString('utf8');
}

function tooLarge(): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', 'The body is larger than 1 MiB.', { hint: 'Send less at once.' });
}

function tooSlow(): AppError {
  return new AppError('TIMEOUT', 'The body of the call did not arrive in time.', { hint: 'Send it faster.' });
}

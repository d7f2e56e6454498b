import { AppError } from '@quarterdeck/contract';

const largestBody = 1024 * 1024;

/** The body of a call as text. Throws PAYLOAD_TOO_LARGE above 1 MiB, whether it says its length or not. */
export async function readText(request: Pick<Request, 'headers' | 'body'>): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > largestBody) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > largestBody) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

function tooLarge(): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', 'The body is larger than 1 MiB.', { hint: 'Send less at once.' });
}

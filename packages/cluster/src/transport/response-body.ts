import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '@quarterdeck/contract';
import type { Dispatcher } from 'undici';

const maxErrorBytes = 64 * 1024;

export type Response = Dispatcher.ResponseData;

/** The whole body, unpacked. Throws PAYLOAD_TOO_LARGE above `maxBytes`. `onBytes` is told how many came over the wire. */
export async function readBody(response: Response, maxBytes: number, onBytes: (bytes: number) => void = () => undefined): Promise<Buffer> {
  const bytes = await collect(response.body, maxBytes);
  onBytes(bytes.byteLength);
  return response.headers['content-encoding'] === 'gzip' ? inflate(bytes, maxBytes) : bytes;
}

/** A Status, or the text of whoever answered in its place; null leaves the HTTP status to speak for itself. */
export async function readErrorBody(response: Response): Promise<unknown> {
  try {
    return parseRefusal(await readBody(response, maxErrorBytes), response.headers['content-type']);
  } catch {
    return null;
  }
}

/** Throws for a broken one. */
function parseRefusal(bytes: Buffer, contentType: unknown): unknown {
  const text = bytes.toString('utf8');
  return String(contentType).includes('json') ? JSON.parse(text) : text;
}

/** As `readErrorBody`, of a plain HTTP response. */
export async function readUpgradeRefusal(response: IncomingMessage): Promise<unknown> {
  try {
    return parseRefusal(await collect(response, maxErrorBytes), response.headers['content-type']);
  } catch {
    return null;
  }
}

async function collect(body: AsyncIterable<unknown>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

async function inflate(bytes: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: maxBytes });
  } catch (thrown) {
    if (thrown instanceof RangeError) throw tooLarge(maxBytes);
    throw thrown;
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `The cluster's answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MiB.`, {
    hint: 'Narrow it: one namespace instead of all, or fewer lines.',
  });
}

export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (thrown) {
    throw new AppError('CLUSTER_ERROR', 'The answer is not JSON: this may not be a Kubernetes API server.', {
      hint: 'Check the server address in the kubeconfig.',
      cause: thrown,
    });
  }
}

/** The texts of a `Warning` header: `299 - "spec.x is deprecated"`, several separated by commas (RFC 9111, 5.5 of its predecessor 7234). */
export function warningTexts(header: string | string[] | undefined): string[] {
  const lines = header === undefined ? [] : [header].flat();
  return lines.flatMap((line) => [...line.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1')));
}

import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { AppError, type KubeObject } from '@quarterdeck/contract';
import type * as z from 'zod';
import { ingestObject } from '../access/ingest.ts';
import { abortError } from '../transport/connection-error.ts';
import { type BundleContent, type BundleLimits, bundleFormat, bundleInvalid, bundleSchema, bundleVersion } from './bundle-format.ts';
import { JsonGuard } from './json-guard.ts';

/** A bundle from a file, checked whole. Errors: NOT_FOUND, BUNDLE_INVALID with what and where, CANCELLED. */
export async function readBundle(path: string, limits: BundleLimits, signal: AbortSignal): Promise<BundleContent> {
  const raw = parseJson(path, await inflateFile(path, limits, signal));
  const frame = bundleSchema.safeParse(raw);
  if (!frame.success) throw bundleInvalid(path, describeFrame(raw, frame.error), frame.error);
  if (frame.data.objects.length > limits.objects) throw bundleInvalid(path, `it has more than ${limits.objects} objects`);
  return { ...frame.data, objects: frame.data.objects.map((object, index) => readObject(path, object, index)) };
}

async function inflateFile(path: string, limits: BundleLimits, signal: AbortSignal): Promise<Buffer> {
  const file = createReadStream(path, { signal });
  const inflated = file.pipe(createGunzip());
  let compressedBytes = 0;
  file.on('error', (error) => inflated.destroy(error));
  file.on('data', (chunk) => {
    compressedBytes += chunk.length;
    if (compressedBytes > limits.compressedBytes) inflated.destroy(bundleInvalid(path, `the file is larger than ${mebibytes(limits.compressedBytes)}`));
  });
  try {
    return await collect(path, inflated, limits);
  } catch (thrown) {
    throw readError(path, thrown, signal);
  } finally {
    file.destroy();
    inflated.destroy();
  }
}

async function collect(path: string, stream: AsyncIterable<Buffer>, limits: BundleLimits): Promise<Buffer> {
  const guard = new JsonGuard(limits);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limits.inflatedBytes) throw bundleInvalid(path, `it unpacks to more than ${mebibytes(limits.inflatedBytes)}`);
    const wrong = guard.feed(chunk);
    if (wrong !== null) throw bundleInvalid(path, wrong);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function readError(path: string, thrown: unknown, signal: AbortSignal): AppError {
  if (thrown instanceof AppError) return thrown;
  if (signal.aborted) return abortError(signal);
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ENOENT') return new AppError('NOT_FOUND', `There is no file ${path}.`, { hint: 'Check the path.', cause: thrown });
  if (code.startsWith('Z_')) return bundleInvalid(path, code === 'Z_BUF_ERROR' ? 'the file ends too early' : 'it is not a gzip file, or is damaged', thrown);
  return bundleInvalid(path, thrown instanceof Error ? thrown.message : String(thrown), thrown);
}

function parseJson(path: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (thrown) {
    throw bundleInvalid(path, `its content is not JSON (${thrown instanceof Error ? thrown.message : String(thrown)})`, thrown);
  }
}

function describeFrame(raw: unknown, error: z.ZodError): string {
  const head = typeof raw === 'object' && raw !== null ? raw : {};
  if (!('format' in head) || head.format !== bundleFormat) return `it does not say format "${bundleFormat}"`;
  if (!('version' in head) || head.version !== bundleVersion)
    return `its format version is ${'version' in head ? String(head.version) : 'missing'}, and this program reads version ${bundleVersion}`;
  const [issue] = error.issues;
  return issue === undefined ? error.message : `${issue.path.join('.')}: ${issue.message}`;
}

function readObject(path: string, raw: unknown, index: number): KubeObject {
  const named = typeof raw === 'object' && raw !== null && 'apiVersion' in raw && 'kind' in raw ? raw : null;
  if (named === null || typeof named.apiVersion !== 'string' || typeof named.kind !== 'string')
    throw bundleInvalid(path, `objects[${index}] has no apiVersion and kind`);
  const object = ingestObject(named, { apiVersion: named.apiVersion, kind: named.kind });
  if (object === null) throw bundleInvalid(path, `objects[${index}] (${named.kind.slice(0, 100)}) has no usable metadata`);
  return object;
}

function mebibytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}

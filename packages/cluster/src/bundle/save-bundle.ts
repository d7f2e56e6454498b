import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { withoutSecretValues } from '../access/ingest.ts';
import { type BundleContent, bundleFormat, bundleVersion } from './bundle-format.ts';

/**
 * Writes a bundle to a stream, or to a file that is whole or not there at all and that only its owner may read.
 * Objects are written one a line and never held as one text. Values of Secrets are left out, whoever put them in.
 */
export async function saveBundle(target: string | Writable, content: BundleContent): Promise<void> {
  if (typeof target !== 'string') return writeTo(target, content);
  const partial = `${target}.${randomBytes(4).toString('hex')}.partial`;
  try {
    await writeTo(createWriteStream(partial, { mode: 0o600, flags: 'wx' }), content);
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
}

async function writeTo(stream: Writable, content: BundleContent): Promise<void> {
  await pipeline(Readable.from(bundleText(content)), createGzip(), stream);
}

function* bundleText(content: BundleContent): Generator<string> {
  const { objects, meta, kinds, coverage, evidence, logs } = content;
  const frame = JSON.stringify({ format: bundleFormat, version: bundleVersion, meta, kinds, coverage, evidence, logs });
  yield `${frame.slice(0, -1)},"objects":[`;
  for (const [index, object] of objects.entries()) yield `${index === 0 ? '\n' : ',\n'}${JSON.stringify(withoutSecretValues(object))}`;
  yield '\n]}\n';
}

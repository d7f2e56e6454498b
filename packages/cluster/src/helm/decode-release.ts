import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';

/** etcd holds 1.5 MiB; a chart is mostly text that packs to a tenth. What unpacks to more is an attack or a mistake. */
const maxUnpackedBytes = 64 * 1024 * 1024;

const text = z
  .string()
  .nullish()
  .transform((value) => value || null);
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);
const mapping = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});

const hookSchema = z.object({
  name: z.string(),
  kind: z.string().default(''),
  manifest: z.string().default(''),
  events: list(z.string()),
  weight: z.number().default(0),
  last_run: z.object({ phase: text, completed_at: text }).nullish(),
});

const metadataSchema = z.object({
  name: z.string(),
  version: z.string().default(''),
  appVersion: text,
  description: text,
  home: text,
  sources: list(z.string()),
  deprecated: z.boolean().nullish(),
  dependencies: list(z.object({ name: z.string(), version: z.string().default(''), repository: z.string().default('') })),
});

/** Helm's stored release (pkg/release/v1 `Release`, chart `Metadata`), as far as it is shown. */
const releaseSchema = z.object({
  name: z.string(),
  namespace: z.string().default(''),
  version: z.number().int(),
  info: z.object({ first_deployed: text, last_deployed: text, deleted: text, description: text, status: text, notes: text }),
  chart: z.object({ metadata: metadataSchema, values: mapping }),
  config: mapping,
  manifest: z.string().default(''),
  hooks: list(hookSchema),
});

/** A release as Helm stores it, with every value in plain text: it never leaves this folder unmasked. */
export type StoredRelease = z.output<typeof releaseSchema>;

/**
 * The release in a record of Helm: base64 of gzip of JSON; records of early versions are not packed. `encoded` is what
 * Helm wrote, after the Secret's own base64 is taken off. Throws CLUSTER_ERROR where it is broken, PAYLOAD_TOO_LARGE.
 */
export async function decodeRelease(encoded: string): Promise<StoredRelease> {
  const packed = Buffer.from(encoded, 'base64');
  const bytes = isGzip(packed) ? await unpack(packed) : packed;
  return parseRelease(bytes);
}

/** A release as Helm writes it as JSON. Throws CLUSTER_ERROR. */
export function parseRelease(bytes: Buffer): StoredRelease {
  const release = releaseSchema.safeParse(parse(bytes));
  if (release.success) return release.data;
  const [first] = release.error.issues;
  throw broken(`its field ${first?.path.join('.') || '(the whole)'} is not as Helm writes it`, release.error);
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function unpack(packed: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(packed, { maxOutputLength: maxUnpackedBytes });
  } catch (thrown) {
    if (thrown instanceof RangeError) {
      throw new AppError('PAYLOAD_TOO_LARGE', `The record of this release unpacks to more than ${maxUnpackedBytes / 1024 / 1024} MiB.`, {
        hint: 'No chart is that large: look at who wrote the record.',
        cause: thrown,
      });
    }
    throw broken('it does not unpack', thrown);
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (thrown) {
    throw broken('it is not JSON', thrown);
  }
}

function broken(why: string, cause: unknown): AppError {
  return new AppError('CLUSTER_ERROR', `The record of this release is broken: ${why}.`, {
    hint: 'Helm cannot read it either; an older revision may be whole.',
    cause,
  });
}

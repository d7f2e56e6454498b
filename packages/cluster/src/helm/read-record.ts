import { AppError, type HelmRevision } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Transport } from '../transport/transport.ts';
import { decodeRelease, type StoredRelease } from './decode-release.ts';

/** An object of 1.5 MiB, the values of which are base64. */
const maxRecordBytes = 8 * 1024 * 1024;

const recordSchema = z.object({ data: z.object({ release: z.string().min(1) }) });

/** Where Helm keeps one revision. */
export interface RecordAddress {
  namespace: string;
  name: string;
  revision: number;
  storage: HelmRevision['storage'];
}

/** The name that Helm gives a record, in Secrets and ConfigMaps alike. */
export function recordName({ name, revision }: Pick<RecordAddress, 'name' | 'revision'>): string {
  return `sh.helm.release.v1.${name}.v${revision}`;
}

/**
 * Reads and decodes one record. It goes past the border that strips Secrets, because a release is nothing but a value:
 * what leaves this folder is masked (`mask.ts`). Throws FORBIDDEN, NOT_FOUND, CLUSTER_ERROR (a broken record), PAYLOAD_TOO_LARGE.
 */
export async function readRecord(api: Transport, address: RecordAddress, signal: AbortSignal): Promise<StoredRelease> {
  const plural = address.storage === 'Secret' ? 'secrets' : 'configmaps';
  const name = recordName(address);
  const path = `/api/v1/namespaces/${encodeURIComponent(address.namespace)}/${plural}/${encodeURIComponent(name)}`;
  const subject = { verb: 'get', resource: plural, namespace: address.namespace, name } as const;
  const body = await api.text({ path, subject, signal }, maxRecordBytes);
  const record = recordSchema.safeParse(parseJson(body));
  if (!record.success) {
    throw new AppError('CLUSTER_ERROR', `${address.storage} ${address.namespace}/${name} holds no release.`, {
      hint: 'Helm cannot read it either; an older revision may be whole.',
      cause: record.error,
    });
  }
  const { release } = record.data.data;
  return decodeRelease(address.storage === 'Secret' ? Buffer.from(release, 'base64').toString('latin1') : release);
}

/** Undefined for what is no JSON. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

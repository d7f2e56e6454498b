import { AppError, type HelmRevision, toAppError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Transport } from '../transport/transport.ts';

/** Names and labels alone: the bodies, of up to a megabyte each, stay in the cluster. */
const metadataAccept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
const pageSize = 500;
/** Helm keeps ten revisions of a release by default; this is several thousand releases. */
const maxRecords = 50_000;

const itemSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    resourceVersion: z.string().default(''),
    creationTimestamp: z.string().nullish(),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
});
const pageSchema = z.object({ metadata: z.object({ continue: z.string().optional() }).nullish(), items: z.array(z.unknown()).nullish() });

/** A record of Helm as its labels tell it. */
export interface ReleaseRecord extends Pick<HelmRevision, 'name' | 'namespace' | 'revision' | 'status' | 'updatedAt' | 'storage'> {
  /** Changes when the record does. */
  version: string;
}

export interface RecordList {
  records: ReleaseRecord[];
  skipped: { what: string; reason: string }[];
}

export interface RecordQuery {
  /** Null: all namespaces. */
  namespace: string | null;
  /** Only this release. */
  name?: string;
}

/**
 * Every revision of every release, from Secrets and from ConfigMaps. Where one of the two may not be listed, it is
 * told under `skipped`; throws what the API said where neither could be.
 */
export async function listRecords(api: Transport, query: RecordQuery, signal: AbortSignal): Promise<RecordList> {
  const storages = ['Secret', 'ConfigMap'] as const;
  const results = await Promise.allSettled(storages.map((storage) => listStorage(api, storage, query, signal)));
  const records = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const refused = results.flatMap((result, i) =>
    result.status === 'rejected' ? [{ storage: storages[i] ?? 'Secret', error: toAppError(result.reason) }] : [],
  );
  const [first] = refused;
  if (first !== undefined && (refused.length === storages.length || signal.aborted)) throw first.error;
  return { records, skipped: refused.map(({ storage, error }) => ({ what: `Helm releases kept in ${storage}s`, reason: error.message })) };
}

async function listStorage(api: Transport, storage: HelmRevision['storage'], query: RecordQuery, signal: AbortSignal): Promise<ReleaseRecord[]> {
  const records: ReleaseRecord[] = [];
  let token: string | undefined;
  do {
    const page = await readPage(api, storage, query, token, signal);
    for (const item of page.items ?? []) records.push(...recordOf(item, storage));
    token = page.metadata?.continue || undefined;
  } while (token !== undefined && records.length < maxRecords);
  return records;
}

async function readPage(api: Transport, storage: HelmRevision['storage'], { namespace, name }: RecordQuery, token: string | undefined, signal: AbortSignal) {
  const plural = storage === 'Secret' ? 'secrets' : 'configmaps';
  const raw = await api.json({
    path: namespace === null ? `/api/v1/${plural}` : `/api/v1/namespaces/${encodeURIComponent(namespace)}/${plural}`,
    query: {
      limit: String(pageSize),
      labelSelector: name === undefined ? 'owner=helm' : `owner=helm,name=${name}`,
      ...(storage === 'Secret' ? { fieldSelector: 'type=helm.sh/release.v1' } : {}),
      ...(token === undefined ? {} : { continue: token }),
    },
    accept: metadataAccept,
    subject: { verb: 'list', resource: plural, namespace },
    signal,
  });
  const page = pageSchema.safeParse(raw);
  if (page.success) return page.data;
  throw new AppError('CLUSTER_ERROR', `The cluster's list of ${plural} is not a list.`, { cause: page.error });
}

/** Nothing for what somebody labelled like a release and is none. */
function recordOf(raw: unknown, storage: HelmRevision['storage']): ReleaseRecord[] {
  const item = itemSchema.safeParse(raw);
  if (!item.success) return [];
  const { metadata } = item.data;
  const match = /^sh\.helm\.release\.v1\.(.+)\.v(\d+)$/.exec(metadata.name);
  if (match === null) return [];
  const labels = metadata.labels ?? {};
  return [
    {
      name: match[1] ?? '',
      namespace: metadata.namespace,
      revision: Number(match[2]),
      status: labels.status ?? 'unknown',
      // Helm 4 copies the label of the revision before; each revision is a record of its own, made when it was deployed.
      updatedAt: metadata.creationTimestamp ?? timeOf(labels.createdAt ?? labels.modifiedAt),
      storage,
      version: metadata.resourceVersion,
    },
  ];
}

/** Helm writes epoch seconds. */
function timeOf(label: string | undefined): string | null {
  const seconds = Number(label);
  return label === undefined || !Number.isFinite(seconds) || seconds <= 0 || seconds > 1e11 ? null : new Date(seconds * 1000).toISOString();
}

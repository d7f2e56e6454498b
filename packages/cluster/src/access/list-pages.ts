import { AppError, groupOf, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import type { ConcurrencyLimit } from '../transport/concurrency-limit.ts';
import type { Transport } from '../transport/transport.ts';
import type { ListOptions, ListPage } from './cluster-access.ts';
import { ingestObject } from './ingest.ts';
import { collectionPath } from './resource-path.ts';
import { SecretTableReader, tableAccept } from './secret-table.ts';

/** Pages of this size keep memory and the blocking of the event loop small at the same total time. */
const pageSize = 500;

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().optional(), continue: z.string().optional() }).nullish(),
  items: z.array(z.unknown()).nullish(),
});

export function isSecretKind(kind: ResourceKind): boolean {
  return kind.kind === 'Secret' && groupOf(kind.apiVersion) === '';
}

/** The pages of a list. A continue token that expired throws GONE: what was read so far is not one moment any more. */
export async function* listPages(transport: Transport, limit: ConcurrencyLimit, kind: ResourceKind, options: ListOptions): AsyncGenerator<ListPage> {
  let token: string | undefined;
  do {
    const { metadata, items } = await readPage(transport, limit, kind, options, token);
    token = metadata?.continue || undefined;
    yield { items, resourceVersion: token === undefined ? (metadata?.resourceVersion ?? '') : '' };
  } while (token !== undefined);
}

async function readPage(transport: Transport, limit: ConcurrencyLimit, kind: ResourceKind, options: ListOptions, token: string | undefined) {
  const namespace = options.namespace ?? null;
  const secrets = isSecretKind(kind);
  const query = {
    limit: String(pageSize),
    ...(token === undefined ? {} : { continue: token }),
    ...(secrets ? { includeObject: 'Metadata' } : {}),
    ...selectors(options),
  };
  const raw = await limit.run(options.signal, () =>
    transport.json({
      path: collectionPath(kind, namespace),
      query,
      ...(secrets ? { accept: tableAccept } : {}),
      subject: { verb: 'list', resource: kind.plural, namespace: kind.namespaced ? namespace : null },
      signal: options.signal,
    }),
  );
  const list = listSchema.safeParse(raw);
  if (!list.success) throw new AppError('CLUSTER_ERROR', `The cluster's list of ${kind.plural} is not a list.`, { cause: list.error });
  const items = (secrets ? new SecretTableReader(kind).read(raw) : null) ?? (list.data.items ?? []).flatMap((item) => listed(item, kind));
  return { metadata: list.data.metadata, items };
}

/** Some aggregated APIs list things without a name; they can be neither shown nor referred to. */
function listed(raw: unknown, kind: ResourceKind): KubeObject[] {
  const object = ingestObject(raw, kind);
  return object === null ? [] : [object];
}

export function selectors(options: ListOptions): Record<string, string> {
  return {
    ...(options.labelSelector ? { labelSelector: options.labelSelector } : {}),
    ...(options.fieldSelector ? { fieldSelector: options.fieldSelector } : {}),
  };
}

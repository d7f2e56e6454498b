import { AppError, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import type { ConcurrencyLimit } from '../transport/concurrency-limit.ts';
import type { Transport } from '../transport/transport.ts';
import type { ListOptions, ListPage } from './cluster-access.ts';
import { type Representation, readItem, representationOf, selectors } from './representation.ts';
import { collectionPath } from './resource-path.ts';

/** A page of so many large pods is read in about 10 ms, in which nobody else is served. */
const pageSize = 100;

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().optional(), continue: z.string().optional() }).nullish(),
  items: z.array(z.unknown()).nullish(),
});

/** The pages of a list. A continue token that expired throws GONE: what was read so far is not one moment any more. */
export async function* listPages(transport: Transport, limit: ConcurrencyLimit, kind: ResourceKind, options: ListOptions): AsyncGenerator<ListPage> {
  const representation = representationOf(kind, options);
  let token: string | undefined;
  do {
    const { metadata, items } = await readPage({ transport, limit, kind, options, representation }, token);
    token = metadata?.continue || undefined;
    yield { items, resourceVersion: token === undefined ? (metadata?.resourceVersion ?? '') : '' };
  } while (token !== undefined);
}

interface Reading {
  transport: Transport;
  limit: ConcurrencyLimit;
  kind: ResourceKind;
  options: ListOptions;
  representation: Representation;
}

async function readPage({ transport, limit, kind, options, representation }: Reading, token: string | undefined) {
  const namespace = kind.namespaced ? (options.namespace ?? null) : null;
  const query = { limit: String(pageSize), ...(token === undefined ? {} : { continue: token }), ...representation.query, ...selectors(options) };
  const subject = { verb: 'list', resource: kind.plural, namespace } as const;
  const request = { path: collectionPath(kind, namespace), query, ...representation.headers, subject, signal: options.signal };
  const raw = await limit.run(options.signal, () => transport.json(request));
  const list = listSchema.safeParse(raw);
  if (!list.success) throw new AppError('CLUSTER_ERROR', `The cluster's list of ${kind.plural} is not a list.`, { cause: list.error });
  const items = representation.readTable(raw) ?? (list.data.items ?? []).flatMap((item) => readItem(item, kind));
  return { metadata: list.data.metadata, items };
}

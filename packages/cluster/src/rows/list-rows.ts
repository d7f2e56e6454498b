import { type KubeObject, parseFilter, type ResourceKind, type ResourceList, rowTest, termsOf } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { listWhereAllowed } from '../access/list-where-allowed.ts';
import { chooseProjection } from './choose-projection.ts';
import { interruptible } from './interruptible.ts';
import { byName, parseRowOrder } from './row-order.ts';
import type { RowQuery } from './row-view.ts';

export interface RowsRequest extends RowQuery {
  /** Null: wherever it may be looked. */
  namespace: string | null;
  limit: number;
  /** Epoch milliseconds, for ages and states. */
  now: number;
}

/**
 * The rows of one kind from one list, for who needs them once; who follows them opens the watch hub. Throws
 * VALIDATION_ERROR for a filter or an order that can't be, and what the API says.
 */
export async function listRows(access: ClusterAccess, kind: ResourceKind, request: RowsRequest, signal: AbortSignal): Promise<ResourceList> {
  const filter = parseFilter(request.filter);
  const projection = await chooseProjection(access, kind, signal);
  const objects: KubeObject[] = await listWhereAllowed(access, kind, { namespace: request.namespace, printed: projection.printed, signal });
  const live = objects.map((object) => projection.project(object, request.now));
  const order = parseRowOrder(request.sort === '' ? projection.sort : request.sort, projection.columns);
  const test = rowTest(filter, projection.columns, () => request.now);
  const isRegex = termsOf(filter).some((term) => term.type === 'regex');
  const matching = isRegex ? interruptible(() => live.filter(test)) : live.filter(test);
  const items = order.arrange(byName(matching)).slice(0, request.limit);
  return { kind: kind.kind, apiVersion: kind.apiVersion, columns: [...projection.columns], items: items.map(({ row }) => row), total: matching.length };
}

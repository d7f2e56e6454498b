import type { ClusterAccess } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { type ResourceType, resourceTypes } from './resource-type.ts';

/** What of one kind is meant. */
export interface ResourceQuery {
  type: ResourceType;
  /** Null: all of them that the selectors leave. */
  names: readonly string[] | null;
}

/** `pods`, `pod web-0 web-1`, `deploy,svc`, `deploy/web svc/web`, `all`. Throws VALIDATION_ERROR, NOT_FOUND for a kind that is not served. */
export async function resourceQueries(
  access: Pick<ClusterAccess, 'api' | 'id' | 'kinds'>,
  words: readonly string[],
  signal: AbortSignal,
): Promise<ResourceQuery[]> {
  const [types, ...names] = words;
  if (types === undefined) throw new AppError('VALIDATION_ERROR', 'No kind is named.', { hint: '`qd api-resources` lists the kinds of this cluster.' });
  if (words.some((word) => word.includes('/'))) return slashed(access, words, signal);
  return (await resourceTypes(access, types, signal)).map((type) => ({ type, names: names.length === 0 ? null : names }));
}

/** Names of one kind that stand beside each other are one query. */
async function slashed(access: Pick<ClusterAccess, 'api' | 'id' | 'kinds'>, words: readonly string[], signal: AbortSignal): Promise<ResourceQuery[]> {
  const queries: { type: ResourceType; names: string[] }[] = [];
  for (const word of words) {
    const [typeName = '', name = '', ...more] = word.split('/');
    const isPair = typeName !== '' && name !== '' && more.length === 0;
    if (!isPair) throw new AppError('VALIDATION_ERROR', `${word} is not TYPE/NAME.`, { hint: 'Write each object as TYPE/NAME, e.g. deploy/web.' });
    for (const type of await resourceTypes(access, typeName, signal)) {
      const last = queries.at(-1);
      if (last !== undefined && last.type.kind === type.kind && last.type.apiVersion === type.apiVersion) last.names.push(name);
      else queries.push({ type, names: [name] });
    }
  }
  return queries;
}

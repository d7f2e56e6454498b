import { apiOf, type ClusterAccess, collectionPath, objectPath } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { isRecord, type KubeRecord } from '../print/kube-text.ts';
import type { ResourceQuery } from './resource-query.ts';
import type { ResourceType } from './resource-type.ts';

export interface ReadChoice {
  /** Null: all namespaces. */
  namespace: string | null;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Objects a request; 0: all at once. */
  chunkSize: number;
  subresource?: string | undefined;
  /** Default: whole objects. */
  accept?: string | undefined;
  query?: Readonly<Record<string, string>> | undefined;
}

/** Answers of the API server to a query, as it sent them: a page or an object each. What is refused is told, and the others go on. */
export async function* answersTo(
  access: Pick<ClusterAccess, 'api' | 'id'>,
  { type, names }: ResourceQuery,
  choice: ReadChoice,
  options: { signal: AbortSignal; onFailure(error: AppError): void },
): AsyncGenerator<unknown> {
  if (names === null) {
    yield* pages(access, type, choice, options.signal);
    return;
  }
  if (type.namespaced && choice.namespace === null) {
    throw new AppError('VALIDATION_ERROR', 'An object can not be named across all namespaces.', { hint: 'Leave out -A, or the name.' });
  }
  for (const name of names) {
    try {
      yield await readOne(access, type, name, choice, options.signal);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || !['NOT_FOUND', 'FORBIDDEN'].includes(thrown.code)) throw thrown;
      options.onFailure(thrown);
    }
  }
}

function readOne(access: Pick<ClusterAccess, 'api' | 'id'>, type: ResourceType, name: string, choice: ReadChoice, signal: AbortSignal): Promise<unknown> {
  const namespace = type.namespaced ? choice.namespace : null;
  const path = `${objectPath(type, namespace, name)}${choice.subresource === undefined ? '' : `/${choice.subresource}`}`;
  const resource = choice.subresource === undefined ? type.plural : `${type.plural}/${choice.subresource}`;
  return apiOf(access).json({ path, ...asked(choice), subject: { verb: 'get', resource, namespace, name }, signal });
}

const pageSchema = z.looseObject({ metadata: z.object({ continue: z.string().optional() }).nullish() });

async function* pages(access: Pick<ClusterAccess, 'api' | 'id'>, type: ResourceType, choice: ReadChoice, signal: AbortSignal): AsyncGenerator<unknown> {
  const namespace = type.namespaced ? choice.namespace : null;
  const { query, accept } = asked(choice);
  let token: string | undefined;
  do {
    const page: unknown = await apiOf(access).json({
      path: collectionPath(type, namespace),
      query: {
        ...query,
        ...(choice.labelSelector === undefined ? {} : { labelSelector: choice.labelSelector }),
        ...(choice.fieldSelector === undefined ? {} : { fieldSelector: choice.fieldSelector }),
        ...(choice.chunkSize === 0 ? {} : { limit: String(choice.chunkSize) }),
        ...(token === undefined ? {} : { continue: token }),
      },
      ...(accept === undefined ? {} : { accept }),
      subject: { verb: 'list', resource: type.plural, namespace },
      signal,
    });
    yield page;
    token = pageSchema.safeParse(page).data?.metadata?.continue || undefined;
  } while (token !== undefined);
}

function asked({ accept, query = {} }: ReadChoice): { accept?: string; query: Readonly<Record<string, string>> } {
  return { query, ...(accept === undefined ? {} : { accept }) };
}

/** The objects of an answer, each with its kind: items of lists come without. */
export function objectsIn(answer: unknown, { apiVersion, kind }: Pick<ResourceType, 'apiVersion' | 'kind'>): KubeRecord[] {
  if (!isRecord(answer)) throw new AppError('CLUSTER_ERROR', `What the cluster sent for ${kind} is not an object.`);
  if (!Array.isArray(answer.items)) return [answer];
  return answer.items.filter(isRecord).map((item) => ({ apiVersion, kind, ...item }));
}

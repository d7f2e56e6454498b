import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import type { ClusterAccess, ListOptions } from './cluster-access.ts';

const attempts = 3;

/**
 * A whole list as of one moment, and from where a watch continues. Where the continue token expires on the way (a
 * list that takes longer than the server keeps history) it starts anew; throws GONE after the third time.
 */
export async function listAll(
  access: Pick<ClusterAccess, 'list'>,
  kind: ResourceKind,
  options: ListOptions,
): Promise<{ items: KubeObject[]; resourceVersion: string }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readWhole(access, kind, options);
    } catch (thrown) {
      if (attempt === attempts || !(thrown instanceof AppError) || thrown.code !== 'GONE') throw thrown;
    }
  }
}

async function readWhole(access: Pick<ClusterAccess, 'list'>, kind: ResourceKind, options: ListOptions) {
  const items: KubeObject[] = [];
  let resourceVersion = '';
  for await (const page of access.list(kind, options)) {
    for (const item of page.items) items.push(item);
    resourceVersion = page.resourceVersion;
  }
  return { items, resourceVersion };
}

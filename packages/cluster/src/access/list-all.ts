import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import type { ClusterAccess, ListOptions } from './cluster-access.ts';

const attempts = 3;

/** Who takes a list page by page. */
export interface PageReader {
  /** The list begins, perhaps once more: what came before does not count. */
  begin(): void;
  page(items: KubeObject[]): void;
}

/**
 * Reads a whole list as of one moment; resolves with the version from where a watch continues. Where the continue token
 * expires on the way (a list that takes longer than the server keeps history) it starts anew; throws GONE after the
 * third time.
 */
export async function readAll(access: Pick<ClusterAccess, 'list'>, kind: ResourceKind, options: ListOptions, reader: PageReader): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readOnce(access, kind, options, reader);
    } catch (thrown) {
      if (attempt === attempts || !(thrown instanceof AppError) || thrown.code !== 'GONE') throw thrown;
    }
  }
}

/** As `readAll`, with all items at once. */
export async function listAll(
  access: Pick<ClusterAccess, 'list'>,
  kind: ResourceKind,
  options: ListOptions,
): Promise<{ items: KubeObject[]; resourceVersion: string }> {
  let items: KubeObject[] = [];
  const resourceVersion = await readAll(access, kind, options, {
    begin() {
      items = [];
    },
    page(more) {
      for (const item of more) items.push(item);
    },
  });
  return { items, resourceVersion };
}

async function readOnce(access: Pick<ClusterAccess, 'list'>, kind: ResourceKind, options: ListOptions, reader: PageReader): Promise<string> {
  let resourceVersion = '';
  reader.begin();
  for await (const page of access.list(kind, options)) {
    reader.page(page.items);
    resourceVersion = page.resourceVersion;
  }
  return resourceVersion;
}

import { basename } from 'node:path';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { type BundleLimits, bundleLimits } from './bundle-format.ts';
import { readBundle } from './read-bundle.ts';
import { RecordedCluster } from './recorded-cluster.ts';

/**
 * Opens a recorded cluster; its id is the file's name without the ending. Errors: NOT_FOUND, BUNDLE_INVALID with what
 * is wrong and where, CANCELLED.
 */
export async function openBundle(path: string, options: { signal?: AbortSignal; limits?: BundleLimits } = {}): Promise<ClusterAccess> {
  const content = await readBundle(path, options.limits ?? bundleLimits, options.signal ?? new AbortController().signal);
  return new RecordedCluster(basename(path).replace(/(\.qdb)?(\.json)?(\.gz)?$/, ''), content);
}

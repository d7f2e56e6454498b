import { open, stat } from 'node:fs/promises';
import { AppError } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { type BundleLimits, bundleLimits } from './bundle-format.ts';
import { openDump } from './dump/open-dump.ts';
import { openBundle } from './open-bundle.ts';

/**
 * Opens whatever was recorded of a cluster: a bundle, a folder of `kubectl cluster-info dump --output-directory`, or the
 * text that `kubectl cluster-info dump` prints. Errors: NOT_FOUND, BUNDLE_INVALID with what is wrong and where, CANCELLED.
 */
export async function openRecording(path: string, options: { signal?: AbortSignal; limits?: BundleLimits } = {}): Promise<ClusterAccess> {
  const limits = options.limits ?? bundleLimits;
  const signal = options.signal ?? new AbortController().signal;
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', `There is no file ${path}.`, { hint: 'Check the path.', cause });
  });
  if (found.isDirectory() || (await startsAsText(path))) return openDump(path, { limits, signal });
  return openBundle(path, { limits, signal });
}

/** A dump begins with a JSON list or, where it has no nodes, with the head of a log; a bundle with gzip's magic number. */
async function startsAsText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const start = buffer.subarray(0, bytesRead).toString('latin1');
    return start.startsWith('{') || start === '==';
  } finally {
    await file.close();
  }
}

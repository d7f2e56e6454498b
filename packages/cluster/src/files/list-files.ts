import { AppError, type FileEntry } from '@quarterdeck/contract';
import { runInPod } from '../exec/run-in-pod.ts';
import type { Transport } from '../transport/transport.ts';
import { absolutePath, type FilePlace } from './file-place.ts';
import { listingScript, parseListing } from './listing.ts';
import { missingTool, toolError } from './tool-error.ts';

export interface ListFilesRequest extends FilePlace {
  /** Absolute; a folder, or a link to one. */
  path: string;
  signal: AbortSignal;
}

/** Tens of thousands of names; more than that nobody reads. */
const maxListing = 8 * 1024 * 1024;

/**
 * What is in a folder, folders first, then by name. Needs a shell and `find` or `stat` in the container. Names that
 * are not UTF-8 show the replacement character. Throws NOT_FOUND, UNSUPPORTED (no shell), PAYLOAD_TOO_LARGE.
 */
export async function listFiles(api: Transport, { path, root = '', ...place }: ListFilesRequest): Promise<FileEntry[]> {
  const folder = absolutePath(path);
  try {
    const outcome = await runInPod(api, { ...place, command: ['sh', '-c', listingScript, 'sh', `${root}${folder}`], maxBytes: maxListing });
    if (outcome.exitCode !== 0) throw toolError('find', folder, outcome);
    const entries = parseListing(outcome.stdout.toString('utf8'));
    if (entries === null) throw new AppError('CLUSTER_ERROR', `The container does not say what is in ${folder}.`, { details: { said: outcome.stderr } });
    return entries.sort((a, b) => Number(b.type === 'folder') - Number(a.type === 'folder') || (a.name < b.name ? -1 : 1));
  } catch (thrown) {
    throw missingTool(thrown, ['sh']) ?? thrown;
  }
}

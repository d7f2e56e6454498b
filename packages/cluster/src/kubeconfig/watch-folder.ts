import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Tells the names that change in a folder (null: some name); where it is not there yet, of the nearest folder above
 * that is. Returns what ends it; null where nothing can be watched. The folder and not the file: editors and tools
 * replace files, and a watch on a file stays with the one that was replaced.
 */
export type WatchFolder = (folder: string, tell: (name: string | null) => void) => (() => void) | null;

export const watchFolder: WatchFolder = (folder, tell) => {
  const own = tryWatch(folder, tell);
  for (let at = folder, end = own; ; at = dirname(at)) {
    if (end !== null || at === dirname(at)) return end;
    const missing = basename(at);
    end = tryWatch(dirname(at), (name) => (name === null || name === missing) && tell(null));
  }
};

function tryWatch(folder: string, tell: (name: string | null) => unknown): (() => void) | null {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => tell(name));
    // A folder that was removed, or too many watches: what follows looks from time to time by itself.
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return null; // Not there, not ours to read, or the system has no more watches.
  }
}

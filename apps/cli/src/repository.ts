import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };

/** The version of qd, which is that of everything in this repository. */
export const productVersion: string = manifest.version;

/** A file of this repository, given by its path from the top. */
export function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

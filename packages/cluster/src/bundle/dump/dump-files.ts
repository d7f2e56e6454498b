import { opendir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { abortError } from '../../transport/connection-error.ts';
import { type BundleLimits, bundleInvalid } from '../bundle-format.ts';

/** One file of a dump's folder. */
export interface DumpFile {
  /** Folders below the dump and the file's name: `['shop', 'pods.json']`. */
  place: readonly string[];
  text: string;
}

/** A dump has a folder a namespace and a folder a pod in it. */
const deepest = 3;
const mostEntries = 100_000;
/** YAML takes a hundred times its size while it is parsed. */
const largestYaml = 32 * 1024 * 1024;

/**
 * The files of a folder that somebody else made, one after the other. Links are refused, whatever they point to, and so
 * is what is beyond the limits; files that are no part of a dump are passed over.
 */
export async function* readDumpFiles(root: string, limits: BundleLimits, signal: AbortSignal): AsyncGenerator<DumpFile> {
  let bytes = 0;
  for await (const place of walk(root, signal)) {
    const path = join(root, ...place);
    bytes += (await stat(path)).size;
    refuseLarge(root, place, bytes, limits);
    yield { place, text: await readFile(path, 'utf8') };
  }
}

/** The places of the files that may be part of a dump. Folders that are links are not entered. */
async function* walk(root: string, signal: AbortSignal): AsyncGenerator<string[]> {
  let entries = 0;
  for await (const entry of await opendir(root, { recursive: true })) {
    if (signal.aborted) throw abortError(signal);
    entries += 1;
    if (entries > mostEntries) throw bundleInvalid(root, `it has more than ${mostEntries} files and folders`);
    const place = relative(root, join(entry.parentPath, entry.name)).split(sep);
    if (entry.isSymbolicLink()) throw bundleInvalid(root, `${place.join('/')} is a link, which no dump has`);
    if (entry.isFile() && place.length <= deepest && isPart(entry.name)) yield place;
  }
}

function isPart(name: string): boolean {
  return name === 'logs.txt' || /\.(?:json|ya?ml)$/.test(name);
}

function refuseLarge(root: string, place: readonly string[], total: number, { inflatedBytes }: BundleLimits): void {
  const isYaml = /\.ya?ml$/.test(place.at(-1) ?? '');
  if (total > inflatedBytes) throw bundleInvalid(root, `its files are larger than ${inflatedBytes / 1024 / 1024} MiB together`);
  if (isYaml && total > largestYaml) throw bundleInvalid(root, `its YAML is larger than ${largestYaml / 1024 / 1024} MiB; a dump as JSON may be larger`);
}

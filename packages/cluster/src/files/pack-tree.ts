import type { Stats } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CopyCount } from './copy-result.ts';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from './tar-header.ts';

const readSize = 1024 * 1024;

/**
 * A file or a folder with all that is in it as an archive, under `name`. The source itself may be a link and is
 * followed; links in it stay links. Sockets, pipes and devices are skipped. Throws what the file system says.
 */
export async function* packTree(source: string, name: string, count: CopyCount): AsyncGenerator<Uint8Array> {
  yield* packEntry(source, name, await stat(source), count);
  yield tarEnd;
}

async function* packEntry(path: string, name: string, stats: Stats, count: CopyCount): AsyncGenerator<Uint8Array> {
  count.tell(name);
  const entry = { name, mode: stats.mode & 0o7777, size: 0, modifiedAt: stats.mtimeMs / 1000 };
  if (stats.isFile()) {
    yield* packFile(path, { ...entry, type: 'file', size: stats.size }, count);
  } else if (stats.isSymbolicLink()) {
    count.links += 1;
    yield tarHeader({ ...entry, type: 'link', target: await readlink(path) });
  } else if (stats.isDirectory()) {
    count.folders += 1;
    yield* packFolder(path, { ...entry, name: `${name}/`, type: 'folder' }, count);
  } else count.skip(name, 'it is no file, folder or link');
}

/** A folder comes once so that it can be written into, and once more at its end: not every tar keeps modes and times for last. */
async function* packFolder(path: string, entry: TarEntry, count: CopyCount): AsyncGenerator<Uint8Array> {
  yield tarHeader({ ...entry, mode: entry.mode | 0o700 });
  for (const child of (await readdir(path)).sort()) {
    const childPath = join(path, child);
    yield* packEntry(childPath, `${entry.name}${child}`, await lstat(childPath), count);
  }
  yield tarHeader(entry);
}

/** As many bytes as the header says, whatever happens to the file meanwhile. */
async function* packFile(path: string, entry: TarEntry, count: CopyCount): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    yield tarHeader(entry);
    let left = entry.size;
    for await (const bytes of readAhead(handle, entry.size)) {
      left -= bytes.byteLength;
      count.bytes += bytes.byteLength;
      yield bytes;
      count.tell(entry.name);
    }
    if (left > 0) count.skip(entry.name, 'it became shorter while it was read: its end is empty');
    for (; left > 0; left -= Math.min(readSize, left)) yield Buffer.alloc(Math.min(readSize, left));
    yield tarPadding(entry.size);
    count.files += 1;
  } finally {
    await handle.close();
  }
}

/** The next block is read while the one before is used: neither the disk nor the network waits for the other. */
async function* readAhead(handle: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  const read = (at: number) => handle.read(Buffer.allocUnsafe(Math.min(readSize, size - at)), 0, Math.min(readSize, size - at), at);
  let at = 0;
  let next = at < size ? read(at) : null;
  while (next !== null) {
    const { buffer, bytesRead } = await next;
    at += bytesRead;
    next = bytesRead > 0 && at < size ? read(at) : null;
    next?.catch(() => undefined); // Told when it is its turn, or to nobody if nobody wants more.
    if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
  }
}

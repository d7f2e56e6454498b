import { once } from 'node:events';
import { AppError } from '@quarterdeck/contract';
import { type Extract, extract } from 'tar-stream';
import type { CopyCount, CopyLimits } from './copy-result.ts';
import { entryPath, linkRefusal } from './entry-path.ts';
import { TreeWriter } from './tree-writer.ts';

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never;

export interface UnpackOptions {
  /** What a folder's contents go into; made where it is missing. */
  folder: string;
  /** Where it goes if it is a single file. */
  single: { folder: string; name: string };
  /** The first step of every name in the archive, which is what was asked for; null for none. */
  base: string | null;
  limits: CopyLimits;
  count: CopyCount;
}

/**
 * Unpacks an archive as it comes. What would lead out of the destination, hard links and devices are skipped and
 * listed. Throws PAYLOAD_TOO_LARGE at a limit, CLUSTER_ERROR for what is no archive or ends in the middle, and what the
 * file system says.
 */
export async function unpackTree(archive: AsyncIterable<Uint8Array>, options: UnpackOptions): Promise<void> {
  const reader = extract();
  const fed = feed(archive, reader);
  fed.catch(() => undefined); // The entries end with the same error.
  const writer = new TreeWriter(options.folder);
  try {
    for await (const entry of reader) {
      await unpackEntry(entry, writer, options);
      entry.resume(); // What was not read is passed over.
    }
    await fed;
  } catch (thrown) {
    reader.destroy();
    throw translate(thrown);
  } finally {
    await writer.finish();
  }
}

async function feed(archive: AsyncIterable<Uint8Array>, reader: Extract): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    reader.on('close', resolve);
  });
  let open = true;
  void closed.then(() => {
    open = false;
  });
  for await (const chunk of archive) {
    if (!open) return;
    if (!reader.write(chunk)) await Promise.race([once(reader, 'drain'), closed]);
  }
  if (open) reader.end(undefined);
}

async function unpackEntry(entry: Entry, folder: TreeWriter, { single, base, limits, count }: UnpackOptions): Promise<void> {
  const { header } = entry;
  if (count.entries >= (limits.entries ?? Number.POSITIVE_INFINITY)) throw tooMuch(`${limits.entries} entries`);
  const path = entryPath(header.name, base);
  if ('refused' in path) return count.skip(header.name, path.refused);
  count.tell(path.steps.join('/'));
  const alone = path.steps.length === 0 && header.type !== 'directory';
  const writer = alone ? new TreeWriter(single.folder) : folder;
  const refused = await write(entry, alone ? [single.name] : path.steps, { writer, alone, limits, count });
  if (refused !== null) return count.skip(header.name, refused);
  if (header.type === 'directory') count.folders += 1;
  else if (header.type === 'symlink') count.links += 1;
  else count.files += 1;
}

interface Writing {
  writer: TreeWriter;
  /** Whether it is what was asked for itself, and no folder. */
  alone: boolean;
  limits: CopyLimits;
  count: CopyCount;
}

async function write(entry: Entry, steps: string[], { writer, alone, limits, count }: Writing): Promise<string | null> {
  const { type, mode, mtime, linkname, size } = entry.header;
  if (type === 'directory') return writer.folder(steps, mode, mtime);
  if (type === 'symlink') {
    if (alone) return `it is a link to ${linkname}: name that instead`;
    return linkRefusal(linkname, steps.length - 1) ?? writer.link(steps, linkname, mtime);
  }
  if (type === 'link') return `it is a second name of ${linkname} (hard link)`;
  if (type !== 'file' && type !== 'contiguous-file') return `it is no file (${type})`;
  if (count.bytes + size > (limits.bytes ?? Number.POSITIVE_INFINITY)) throw tooMuch(`${limits.bytes} bytes`);
  return writer.file(steps, mode, mtime, contentOf(entry), (written) => {
    count.bytes += written;
    count.tell(steps.join('/'));
  });
}

function tooMuch(limit: string): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `There is more than ${limit} to copy.`, { hint: 'Copy a part of it, or allow more.' });
}

async function* contentOf(entry: Entry): AsyncGenerator<Uint8Array> {
  for await (const chunk of entry) if (chunk instanceof Uint8Array) yield chunk;
}

function translate(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof AppError) return thrown;
  if ('syscall' in thrown) {
    return new AppError('VALIDATION_ERROR', `It can not be written here: ${thrown.message}.`, {
      hint: 'Choose another destination, or make room.',
      cause: thrown,
    });
  }
  return new AppError('CLUSTER_ERROR', `What the container sent is not a whole archive (${thrown.message}).`, { cause: thrown });
}

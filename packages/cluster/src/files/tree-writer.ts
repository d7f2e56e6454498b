import { chmod, type FileHandle, lstat, lutimes, mkdir, open, rm, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';

interface FolderTimes {
  path: string;
  mode: number;
  modifiedAt: Date;
}

/** What setuid and its like mean in a container is nothing to the machine that it is copied to. */
const permissionBits = 0o777;

/**
 * Writes a tree below one folder and nowhere else: every folder on the way is looked at, none may be a link, and what
 * is in the place of a file or link is replaced, never written through. Methods resolve to the reason why something
 * was not written, or to null.
 */
export class TreeWriter {
  private readonly root: string;
  private readonly folders: FolderTimes[] = [];
  /** Folders that were looked at last. */
  private known = new Set<string>();

  /** `root` itself is the caller's choice and may be a link. */
  constructor(root: string) {
    this.root = root;
  }

  async folder(steps: readonly string[], mode: number, modifiedAt: Date): Promise<string | null> {
    const refused = await this.enter(steps);
    if (refused === null) this.folders.push({ path: this.pathOf(steps), mode, modifiedAt });
    return refused;
  }

  async file(
    steps: readonly string[],
    mode: number,
    modifiedAt: Date,
    content: AsyncIterable<Uint8Array>,
    onBytes: (count: number) => void,
  ): Promise<string | null> {
    const refused = (await this.enter(steps.slice(0, -1))) ?? (await this.clear(steps));
    if (refused !== null) return refused;
    const handle = await open(this.pathOf(steps), 'wx', 0o600);
    try {
      await writeAll(handle, content, onBytes);
      await handle.chmod(mode & permissionBits);
      await handle.utimes(modifiedAt, modifiedAt);
    } finally {
      await handle.close();
    }
    return null;
  }

  async link(steps: readonly string[], target: string, modifiedAt: Date): Promise<string | null> {
    const refused = (await this.enter(steps.slice(0, -1))) ?? (await this.clear(steps));
    if (refused !== null) return refused;
    await symlink(target, this.pathOf(steps));
    await lutimes(this.pathOf(steps), modifiedAt, modifiedAt);
    return null;
  }

  /** Gives folders their modes and times, which writing into them would have changed. */
  async finish(): Promise<void> {
    for (const { path, mode, modifiedAt } of this.folders.reverse()) {
      await chmod(path, mode & permissionBits);
      await utimes(path, modifiedAt, modifiedAt);
    }
  }

  private pathOf(steps: readonly string[]): string {
    return join(this.root, ...steps);
  }

  /** Goes down folder by folder, making those that are missing. */
  private async enter(steps: readonly string[]): Promise<string | null> {
    if (this.known.has(steps.join('/'))) return null;
    for (let depth = steps.length === 0 ? 0 : 1; depth <= steps.length; depth += 1) {
      const path = this.pathOf(steps.slice(0, depth));
      const there = depth === 0 ? null : await kindOf(path);
      if (there === null) await mkdir(path, { recursive: depth === 0 });
      else if (there === 'link') return `${steps.slice(0, depth).join('/')} is a link in the destination`;
      else if (there !== 'folder') return `${steps.slice(0, depth).join('/')} is no folder in the destination`;
    }
    this.known.add(steps.join('/'));
    return null;
  }

  private async clear(steps: readonly string[]): Promise<string | null> {
    const there = await kindOf(this.pathOf(steps));
    if (there === 'folder') return 'the destination has a folder of this name';
    if (there !== null) await rm(this.pathOf(steps));
    return null;
  }
}

async function kindOf(path: string): Promise<'folder' | 'link' | 'other' | null> {
  const found = await lstat(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null;
    throw thrown;
  });
  if (found === null) return null;
  if (found.isSymbolicLink()) return 'link';
  return found.isDirectory() ? 'folder' : 'other';
}

/** Chunks are small, and each call to the file system waits its turn: they are written together. Bytes. */
const writeTogether = 1024 * 1024;

async function writeAll(handle: FileHandle, content: AsyncIterable<Uint8Array>, onBytes: (count: number) => void): Promise<void> {
  let kept: Uint8Array[] = [];
  let size = 0;
  const flush = async () => {
    const chunks = kept;
    const wanted = size;
    [kept, size] = [[], 0];
    const { bytesWritten } = await handle.writev(chunks);
    if (bytesWritten < wanted) await writeRest(handle, Buffer.concat(chunks, wanted).subarray(bytesWritten));
    onBytes(wanted);
  };
  for await (const chunk of content) {
    kept.push(chunk);
    size += chunk.byteLength;
    if (size >= writeTogether) await flush();
  }
  if (size > 0) await flush();
}

/** A disk that is nearly full takes a part, and says at the next call that there is no room. */
async function writeRest(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; ) at += (await handle.write(bytes, at)).bytesWritten;
}

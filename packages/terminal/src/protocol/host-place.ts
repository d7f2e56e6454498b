import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { hostProtocol } from './host-messages.ts';

/** Of the path of a unix socket, with its end: 104 bytes on macOS, 108 on Linux. */
const longestSocketPath = 103;

/** Where a host is found, and what it keeps. */
export interface HostPlace {
  /** 0700. */
  folder: string;
  /** A path, or the name of a pipe on Windows. */
  socket: string;
  token: string;
  lock: string;
  log: string;
  /** What is kept of the sessions. */
  sessions: string;
}

/** The host of one version in a folder. Another version has another socket beside it: both run until the old one is empty. */
export function hostPlace(folder: string, version: string, platform: NodeJS.Platform = process.platform): HostPlace {
  const name = `host-${hostProtocol}-${version.replace(/[^\w.+-]/g, '_')}`;
  return {
    folder,
    socket: platform === 'win32' ? pipeName(folder, name) : socketPath(folder, name),
    token: join(folder, 'host.token'),
    lock: join(folder, `${name}.lock`),
    log: join(folder, `${name}.log`),
    sessions: join(folder, 'sessions'),
  };
}

/** Named pipes have one space of names for all: the folder tells ours apart. */
function pipeName(folder: string, name: string): string {
  return `\\\\.\\pipe\\quarterdeck-${shortHash(folder)}-${name}`;
}

function socketPath(folder: string, name: string): string {
  const path = join(folder, `${name}.sock`);
  if (Buffer.byteLength(path) <= longestSocketPath) return path;
  return join(shortFolder(folder), `${shortHash(name)}.sock`);
}

/** For sockets of folders whose path is too long for one. */
function shortFolder(folder: string): string {
  return join(tmpdir(), `quarterdeck-${process.getuid?.() ?? 0}-${shortHash(folder)}`);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Makes the folder, or finds it safe: ours, nobody else's to look into, and no link. Throws FORBIDDEN. */
export async function secureFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  const uid = process.getuid?.();
  const safe = found.isDirectory() && (uid === undefined || (found.uid === uid && (found.mode & 0o077) === 0));
  if (safe) return;
  throw new AppError('FORBIDDEN', `${folder} can be reached by others, so no terminal is kept there.`, { hint: `Make it yours alone: chmod 700 ${folder}` });
}

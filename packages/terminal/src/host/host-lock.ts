import { open, readFile, rm } from 'node:fs/promises';
import { signalExists } from './processes-of.ts';

/** Takes the lock, or gives false: a host that lives has it. One that a dead host left is taken over. */
export async function takeHostLock(path: string): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await create(path)) return true;
    const holder = await readHolder(path);
    if (holder !== null && (await lives(holder))) return false;
    await rm(path, { force: true });
  }
  return false;
}

export async function releaseHostLock(path: string): Promise<void> {
  await rm(path, { force: true });
}

interface Holder {
  pid: number;
  /** When it began, as the kernel counts; empty where that is not known. A number may be given to another process later. */
  began: string;
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${process.pid} ${await beganAt(process.pid)}\n`);
    await file.close();
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  }
}

async function readHolder(path: string): Promise<Holder | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [pid = '', began = ''] = text.trim().split(' ');
  return /^\d+$/.test(pid) ? { pid: Number(pid), began } : null;
}

async function lives({ pid, began }: Holder): Promise<boolean> {
  return signalExists(pid) && (began === '' || began === (await beganAt(pid)));
}

/** The 22nd field of /proc/PID/stat; empty for one that has ended and was not waited for, as where nobody looks after orphans. */
async function beganAt(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

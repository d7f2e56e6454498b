import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** A process as Linux tells of it in /proc. */
export interface ProcessRow {
  pid: number;
  parent: number;
  group: number;
  session: number;
  /** The process group that has its terminal; -1 where it has none. */
  foregroundGroup: number;
  state: string;
  /** The program's own name, cut at 15 characters. */
  name: string;
  /** Clock ticks since the machine started, and of processors that it took. */
  startTicks: number;
  cpuTicks: number;
  /** Bytes. */
  memory: number;
}

/** What every Linux has told in user space for decades (USER_HZ). */
export const ticksPerSecond = 100;
const pageSize = 4096;

/** Null for a process that is gone, or of another system than Linux. */
export async function readProcess(pid: number): Promise<ProcessRow | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return text === null ? null : parseStat(text);
}

/** All of the machine. */
export async function readProcesses(): Promise<ProcessRow[]> {
  const names = await readdir('/proc').catch(() => []);
  const rows = await Promise.all(names.flatMap((name) => (/^\d+$/.test(name) ? [readProcess(Number(name))] : [])));
  return rows.filter((row) => row !== null);
}

/** See proc(5). The name stands in parentheses and may hold anything, also parentheses. */
export function parseStat(text: string): ProcessRow | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  const pid = Number(text.slice(0, open).trim());
  const fields = text.slice(close + 2).split(' ');
  const at = (index: number) => Number(fields[index] ?? 0);
  if (open < 0 || close < open || !Number.isInteger(pid) || fields.length < 22) return null;
  return {
    pid,
    name: text.slice(open + 1, close),
    state: fields[0] ?? '',
    parent: at(1),
    group: at(2),
    session: at(3),
    foregroundGroup: at(5),
    cpuTicks: at(11) + at(12),
    startTicks: at(19),
    memory: at(21) * pageSize,
  };
}

/** The whole command line, with spaces between its words; the name for a process that has none (a zombie). */
export async function commandLine({ pid, name }: Pick<ProcessRow, 'pid' | 'name'>): Promise<string> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const words = text.split('\0').filter((word) => word !== '');
  const [first, ...rest] = words;
  return first === undefined ? name : [basename(first), ...rest].join(' ').slice(0, 1000);
}

/** Milliseconds since 1970; null where the system does not tell. */
export async function bootTime(): Promise<number | null> {
  const text = await readFile('/proc/stat', 'utf8').catch(() => '');
  const seconds = /^btime (\d+)$/m.exec(text)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

import { AppError, type TerminalProcess, type TerminalProcesses } from '@quarterdeck/contract';
import { bootTime, commandLine, type ProcessRow, readProcess, readProcesses, ticksPerSecond } from './process-table.ts';

const states: Readonly<Record<string, TerminalProcess['state']>> = {
  R: 'running',
  S: 'sleeping',
  I: 'sleeping',
  D: 'waiting',
  T: 'stopped',
  t: 'stopped',
  Z: 'zombie',
};

/** The processes under `root` and itself, parents before children. Empty where it is gone. */
export function treeOf(root: number, rows: readonly ProcessRow[]): ProcessRow[] {
  const children = new Map<number, ProcessRow[]>();
  for (const row of rows) children.set(row.parent, [...(children.get(row.parent) ?? []), row]);
  const found: ProcessRow[] = rows.filter(({ pid }) => pid === root);
  // It grows while it is walked; a cycle there can't be, as each has one parent.
  for (let at = 0; at < found.length; at += 1) found.push(...(children.get(found[at]?.pid ?? -1) ?? []));
  return found;
}

/**
 * What runs in a shell. Secrets in command lines are replaced. Throws UNSUPPORTED where the system does not tell of
 * processes by /proc.
 */
export async function terminalProcesses(shell: number, redact: (text: string) => string): Promise<TerminalProcesses> {
  const booted = await bootTime();
  if (booted === null) throw new AppError('UNSUPPORTED', 'Processes are told on Linux only.', { hint: 'Use ps in the shell.' });
  const tree = treeOf(shell, await readProcesses());
  const foreground = tree[0]?.foregroundGroup;
  const processes = await Promise.all(
    tree.map(async (row): Promise<TerminalProcess> => {
      const startedAt = booted + (row.startTicks / ticksPerSecond) * 1000;
      return {
        pid: row.pid,
        parent: row.parent,
        name: row.name,
        command: redact(await commandLine(row)),
        state: states[row.state] ?? 'sleeping',
        foreground: row.group === foreground,
        startedAt: new Date(startedAt).toISOString(),
        memory: row.memory,
        cpuSeconds: row.cpuTicks / ticksPerSecond,
      };
    }),
  );
  return { processes, busy: processes.some(({ pid, state }) => pid !== shell && state !== 'zombie') };
}

/** What has the terminal besides the shell; null at its prompt. */
export async function foregroundCommand(shell: number): Promise<string | null> {
  const row = await readProcess(shell);
  if (row === null || row.foregroundGroup <= 0 || row.foregroundGroup === row.group) return null;
  const leader = await readProcess(row.foregroundGroup);
  return leader === null ? null : commandLine(leader);
}

import type { TerminalSignal } from '@quarterdeck/contract';
import { readProcess, readProcesses } from '../processes/process-table.ts';

/** Milliseconds from the hang-up on. */
const termAfter = 2000;
const killAfter = 5000;
const lookEvery = 50;

/** Everything that was started in the shell's session, itself first; the shell alone where there is no /proc. */
export async function processesOf(shell: number): Promise<number[]> {
  const others = (await readProcesses()).flatMap(({ pid, session }) => (session === shell && pid !== shell ? [pid] : []));
  return [shell, ...others];
}

export function signalOne(pid: number, signal: TerminalSignal): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false; // It is gone already.
  }
}

/** What runs in the foreground of the shell's terminal, or the one process that is named; which were reached. */
export async function signalIn(shell: number, signal: TerminalSignal, named: number | undefined): Promise<number[]> {
  if (named !== undefined) {
    const within = await processesOf(shell);
    return within.includes(named) && signalOne(named, signal) ? [named] : [];
  }
  const foreground = (await readProcess(shell))?.foregroundGroup ?? -1;
  const target = foreground > 1 ? foreground : shell;
  return signalOne(-target, signal) || signalOne(target, signal) ? [target] : [];
}

/** Hangs up whatever runs in the session, asks it to end after two seconds, and kills what is left after five. */
export async function endProcesses(shell: number, wait: (milliseconds: number) => Promise<void>): Promise<void> {
  await hangUp(shell);
  for (let passed = 0; passed <= killAfter; passed += lookEvery) {
    const left = (await processesOf(shell)).filter((pid) => signalExists(pid));
    if (left.length === 0) return;
    const signal = passed === termAfter ? 'SIGTERM' : passed === killAfter ? 'SIGKILL' : null;
    for (const pid of left) if (signal !== null) signalOne(pid, signal);
    await wait(lookEvery);
  }
}

/** A job in the foreground is a group of its own. */
async function hangUp(shell: number): Promise<void> {
  const foreground = (await readProcess(shell))?.foregroundGroup ?? -1;
  if (!signalOne(-shell, 'SIGHUP')) signalOne(shell, 'SIGHUP');
  if (foreground > 1 && foreground !== shell) signalOne(-foreground, 'SIGHUP');
}

export function signalExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

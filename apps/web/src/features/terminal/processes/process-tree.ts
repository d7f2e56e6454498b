import type { TerminalProcess } from '@quarterdeck/contract';

export interface ProcessLine {
  process: TerminalProcess;
  /** How far it is below the shell. */
  depth: number;
}

/** Parents before children, as they began. */
export function processTree(processes: readonly TerminalProcess[]): ProcessLine[] {
  const pids = new Set(processes.map(({ pid }) => pid));
  const below = (parent: number, depth: number): ProcessLine[] =>
    processes
      .filter((process) => process.parent === parent && process.pid !== parent)
      .flatMap((process) => [{ process, depth }, ...below(process.pid, depth + 1)]);
  return processes.filter(({ parent }) => !pids.has(parent)).flatMap((process) => [{ process, depth: 0 }, ...below(process.pid, 1)]);
}

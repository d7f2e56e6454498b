import { readFile } from 'node:fs/promises';

/** A terminal as a page has it: what comes is parsed as a page parses it, and told as taken then. */
export interface MeasuredTerminal {
  type(text: string): void;
  /** Called with each piece of output when it came. */
  onOutput: ((text: string) => void) | null;
  /** Called when it was parsed. */
  onParsed: ((text: string) => void) | null;
  close(): void;
}

/** A server whose terminals are measured. */
export interface TerminalSubject {
  open(): Promise<MeasuredTerminal>;
  /** Of everything that takes part. */
  pids(): Promise<number[]>;
}

const ticksPerSecond = 100;

/** CPU time that processes have used so far. Seconds. */
export async function cpuSeconds(pids: readonly number[]): Promise<number> {
  const used = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    }),
  );
  return used.reduce((sum, seconds) => sum + seconds, 0);
}

/** Until a text was parsed (or, where it is only waited for, came). Rejects after a minute. */
export function until(terminal: MeasuredTerminal, when: 'onOutput' | 'onParsed', text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`"${text}" did not come.`)), 120_000);
    let seen = '';
    terminal[when] = (piece) => {
      seen = (seen + piece).slice(-text.length - piece.length);
      if (!seen.includes(text)) return;
      clearTimeout(late);
      terminal[when] = null;
      resolve();
    };
  });
}

import { hostname } from 'node:os';

/** The processes that write answers into one storage: several servers, and commands beside them. */
export interface Writers {
  /** The name of this one. */
  readonly own: string;
  /** Whether an answer of that process may still be written. */
  mayWrite(writer: string): boolean;
}

/** Processes by machine, number and start: the number may be another's after a restart. */
export function systemWriters(startedAt: number): Writers {
  const host = hostname();
  return {
    own: `${host} ${process.pid} ${startedAt}`,
    mayWrite(writer) {
      const [machine, number, started] = writer.split(' ');
      if (machine === undefined || machine === '' || number === undefined) return false;
      if (machine !== host) return true;
      return Number(number) === process.pid ? Number(started) === startedAt : isRunning(Number(number));
    },
  };
}

/** A signal that is none asks whether there is somebody to receive it. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

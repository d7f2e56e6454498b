import { readFile } from 'node:fs/promises';

const megabyte = 2 ** 20;

/** Resident memory of a process in MB (2^20 bytes), from Linux's /proc. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status has no VmRSS.`);
  return (Number(kilobytes) * 1024) / megabyte;
}

/** Looks at a process's memory four times a second. */
export class MemorySampler {
  private readonly pid: number;
  private readonly timer: NodeJS.Timeout;
  private samples: number[] = [];

  constructor(pid: number) {
    this.pid = pid;
    this.timer = setInterval(() => this.sample(), 250);
  }

  /** What was seen since the last call, in MB. */
  take(): number[] {
    const { samples } = this;
    this.samples = [];
    return samples;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private sample(): void {
    residentMb(this.pid).then(
      (value) => this.samples.push(value),
      () => this.stop(), // The process is gone.
    );
  }
}

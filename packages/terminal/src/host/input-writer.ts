import { AppError } from '@quarterdeck/contract';

/** The kernel's line buffer takes 4 KiB. Bytes. */
const portion = 4096;
/** Of input that a program does not read. Bytes. */
const mostWaiting = 8 * 1024 * 1024;
const longestPause = 50;

/** `fs.write` on the master: how many bytes were taken. Fails with the code EAGAIN while the program does not read. */
export type WriteBytes = (bytes: Uint8Array) => Promise<number>;
export type Wait = (milliseconds: number) => Promise<void>;

/**
 * What is typed, on its way to the program. Where the program does not read, we wait longer and longer instead of trying
 * without rest: one that is stopped must cost nothing, and never hold up the other sessions.
 */
export class InputWriter {
  private readonly write: WriteBytes;
  private readonly wait: Wait;
  private readonly failed: (thrown: unknown) => void;
  private readonly waiting: Uint8Array[] = [];
  private bytesWaiting = 0;
  private running = false;
  private closed = false;

  constructor(options: { write: WriteBytes; wait: Wait; failed(thrown: unknown): void }) {
    this.write = options.write;
    this.wait = options.wait;
    this.failed = options.failed;
  }

  /** Throws RATE_LIMITED where too much waits already; nothing of it is taken then. */
  push(bytes: Uint8Array): void {
    if (this.closed || bytes.byteLength === 0) return;
    if (this.bytesWaiting + bytes.byteLength > mostWaiting) {
      throw new AppError('RATE_LIMITED', 'The program in this terminal reads nothing, and too much input waits for it.', {
        hint: 'Interrupt it (Ctrl+C), or wait until it reads.',
      });
    }
    this.waiting.push(bytes);
    this.bytesWaiting += bytes.byteLength;
    if (!this.running) void this.run();
  }

  close(): void {
    this.closed = true;
    this.waiting.length = 0;
    this.bytesWaiting = 0;
  }

  private async run(): Promise<void> {
    this.running = true;
    let pause = 1;
    for (let next = this.waiting[0]; next !== undefined && !this.closed; next = this.waiting[0]) {
      try {
        const written = await this.write(next.subarray(0, portion));
        pause = 1;
        this.taken(next, written);
      } catch (thrown) {
        if (!isBusy(thrown)) {
          this.close();
          this.failed(thrown);
          break;
        }
        await this.wait(pause);
        pause = Math.min(pause * 2, longestPause);
      }
    }
    this.running = false;
  }

  private taken(chunk: Uint8Array, written: number): void {
    if (this.closed) return;
    this.bytesWaiting -= written;
    if (written === chunk.byteLength) this.waiting.shift();
    else this.waiting[0] = chunk.subarray(written);
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && (thrown.code === 'EAGAIN' || thrown.code === 'EWOULDBLOCK');
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withoutAnsi } from '@quarterdeck/contract';

/** How a terminal takes keys: whether it shows them, and whether it waits for whole lines. */
export interface LineDiscipline {
  echo: boolean;
  canonical: boolean;
}

/** Null where it can't be told. */
export type ReadDiscipline = (ptyPath: string, signal: AbortSignal) => Promise<LineDiscipline | null>;

const run = promisify(execFile);

/** By stty, which every Unix has: it opens the terminal without making it its own. */
export const readDiscipline: ReadDiscipline = async (ptyPath, signal) => {
  try {
    const { stdout } = await run('stty', [process.platform === 'darwin' ? '-f' : '-F', ptyPath, '-a'], { signal, timeout: 1000 });
    const words = stdout.split(/[\s;]+/);
    return { echo: words.includes('echo'), canonical: words.includes('icanon') };
  } catch {
    return null; // The terminal is gone, or there is no stty.
  }
};

/** What a program writes that waits for something secret, also one behind ssh or in a container, whose terminal we don't see. */
const secretPrompt = /(?:pass(?:word|phrase|code)|\bPIN\b|\bOTP\b|verification code|one-time code|\btoken\b).{0,40}[:：]\s*$/i;

/** Milliseconds of quiet before a look, and between two looks while something is hidden. */
const quiet = 150;
const again = 400;
/** Of the last output that is kept for the prompt. Bytes. */
const tailBytes = 512;

export interface EchoWatchOptions {
  ptyPath: string;
  read: ReadDiscipline;
  /** False at the prompt of a shell that says so: it shows nothing by itself, and hides nothing. */
  busy(): boolean;
  changed(hidden: boolean): void;
}

/**
 * Tells when what is typed is not shown: keys are not echoed and whole lines are waited for (an editor or a shell echoes
 * nothing either, but takes single keys), or the last line asks for a secret. It looks only where something moved: when
 * output has paused in the middle of a line, or keys were typed and nothing came back.
 */
export class EchoWatch {
  private readonly options: EchoWatchOptions;
  private readonly closed = new AbortController();
  private tail = Buffer.alloc(0);
  private timer: NodeJS.Timeout | null = null;
  private looking = false;
  /** Keys came since the last look. */
  private typed = false;
  private on = false;

  constructor(options: EchoWatchOptions) {
    this.options = options;
  }

  get hidden(): boolean {
    return this.on;
  }

  output(bytes: Uint8Array): void {
    const last = bytes.subarray(Math.max(0, bytes.byteLength - tailBytes));
    this.tail = last.byteLength >= tailBytes ? Buffer.from(last) : Buffer.concat([this.tail, last]).subarray(-tailBytes);
    this.lookIn(quiet);
  }

  input(): void {
    this.typed = true;
    this.lookIn(quiet);
  }

  /** Now, whatever was seen before: asked before anything is shown to a model. */
  async look(): Promise<boolean> {
    const found = await this.options.read(this.options.ptyPath, this.closed.signal);
    if (this.closed.signal.aborted) return this.on;
    const hidden = (found !== null && !found.echo && found.canonical) || this.asksForSecret();
    if (hidden !== this.on) {
      this.on = hidden;
      this.options.changed(hidden);
    }
    return hidden;
  }

  close(): void {
    this.closed.abort();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private asksForSecret(): boolean {
    const line =
      withoutAnsi(this.tail.toString('utf8'))
        .split(/[\r\n]/)
        .at(-1) ?? '';
    return secretPrompt.test(line);
  }

  /** Output that goes on puts a look off; what comes while one is under way waits for the next. */
  private lookIn(ms: number): void {
    if (this.closed.signal.aborted) return;
    if (this.timer !== null) {
      this.timer.refresh();
      return;
    }
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.lookNow();
    }, ms).unref();
  }

  private async lookNow(): Promise<void> {
    if (this.looking || !(this.on || this.options.busy())) return;
    // After a whole line nothing waits behind a prompt; unless keys are being hidden already.
    const midLine = this.tail.byteLength === 0 || this.tail.at(-1) !== 0x0a;
    if (!midLine && !this.on && !this.typed) return;
    this.looking = true;
    this.typed = false;
    try {
      if (await this.look()) this.lookIn(again);
    } finally {
      this.looking = false;
    }
  }
}

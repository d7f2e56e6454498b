/** Milliseconds after keys, after output, and after a command began: when what runs may have become another. */
const afterInput = 1000;
const afterOutput = 5000;
const afterStart = 200;

export interface ForegroundWatchOptions {
  /** The command in the foreground; null at the prompt. */
  read(): Promise<string | null>;
  changed(command: string | null): void;
}

/** Tells what runs in the foreground, looking only when it may have changed. */
export class ForegroundWatch {
  private readonly options: ForegroundWatchOptions;
  private timer: NodeJS.Timeout | null = null;
  private dueAt = Number.POSITIVE_INFINITY;
  private shown: string | null = null;
  /** Counts what was asked for: an answer to an older question is no longer one. */
  private asked = 0;
  private closed = false;

  constructor(options: ForegroundWatchOptions) {
    this.options = options;
  }

  input(): void {
    this.lookIn(afterInput);
  }

  output(): void {
    this.lookIn(afterOutput);
  }

  started(): void {
    this.lookIn(afterStart);
  }

  /** A shell that says so is believed at once. */
  atPrompt(): void {
    this.stop();
    this.tell(null);
  }

  close(): void {
    this.closed = true;
    this.stop();
  }

  private stop(): void {
    this.asked += 1;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.dueAt = Number.POSITIVE_INFINITY;
  }

  /** The earliest of what was asked for. */
  private lookIn(ms: number): void {
    const due = performance.now() + ms;
    if (this.closed || due >= this.dueAt) return;
    this.stop();
    this.dueAt = due;
    this.timer = setTimeout(() => void this.look(), ms).unref();
  }

  private async look(): Promise<void> {
    this.stop();
    const { asked } = this;
    const command = await this.options.read().catch(() => null);
    if (!this.closed && asked === this.asked) this.tell(command);
  }

  private tell(command: string | null): void {
    if (command === this.shown) return;
    this.shown = command;
    this.options.changed(command);
  }
}

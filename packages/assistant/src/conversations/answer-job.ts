import { type ChatMessage, type TurnEvent, type TurnFrame, toAppError } from '@quarterdeck/contract';

/** Where what happened is kept while an answer is written. */
export interface FrameKeeper {
  add(frames: readonly TurnFrame[]): Promise<void>;
  /** Told where frames could not be kept: the answer goes on. */
  failed(error: Error): void;
}

/** So many frames, or so long, and they are kept. Milliseconds. */
const mostWaiting = 50;
const longestWait = 500;

/** An answer that is being written, whether or not somebody looks. */
export class AnswerJob {
  readonly message: ChatMessage;
  readonly owner: string;
  private readonly frames: TurnFrame[] = [];
  private readonly keeper: FrameKeeper;
  private readonly stopping = new AbortController();
  private readonly listeners = new Set<() => void>();
  private kept = 0;
  private timer: NodeJS.Timeout | null = null;
  private keeping: Promise<void> = Promise.resolve();

  constructor(message: ChatMessage, owner: string, keeper: FrameKeeper) {
    this.message = message;
    this.owner = owner;
    this.keeper = keeper;
  }

  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  get events(): TurnEvent[] {
    return this.frames.map(({ event }) => event);
  }

  get isFinished(): boolean {
    return this.frames.at(-1)?.event.type === 'finished';
  }

  tell(event: TurnEvent): void {
    this.frames.push({ offset: this.frames.length, event });
    for (const wake of this.listeners) wake();
    if (this.frames.length - this.kept >= mostWaiting) this.keep();
    else this.timer ??= setTimeout(() => this.keep(), longestWait).unref();
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Resolves when all that was told is kept. */
  async settled(): Promise<void> {
    this.keep();
    await this.keeping;
  }

  /** All frames from an offset on, until `finished` or until the signal aborts. */
  async *follow(from: number, signal: AbortSignal): AsyncGenerator<TurnFrame> {
    let at = from;
    while (!signal.aborted) {
      while (at < this.frames.length) {
        const frame = this.frames[at++];
        if (frame !== undefined) yield frame;
      }
      if (this.isFinished) return;
      await this.more(signal);
    }
  }

  private keep(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const frames = this.frames.slice(this.kept);
    if (frames.length === 0) return;
    this.kept = this.frames.length;
    this.keeping = this.keeping.then(() => this.keeper.add(frames)).catch((thrown) => this.keeper.failed(toAppError(thrown)));
  }

  private more(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.listeners.add(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    return promise.finally(() => this.listeners.delete(resolve));
  }
}

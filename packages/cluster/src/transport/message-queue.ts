/** What is asked to pause while too much lies unread. */
export interface MessageSource {
  pause(): void;
  resume(): void;
}

/** Unread bytes beyond which the source pauses, and below which it goes on. */
const fullBytes = 1024 * 1024;
const roomyBytes = 512 * 1024;

/**
 * Messages between a source that pushes and one reader that takes, in order. It is an iterator of its own and no
 * generator: what is there already is given without waiting, which is what makes many small messages fast.
 */
export class MessageQueue implements AsyncIterableIterator<Uint8Array> {
  private readonly source: MessageSource;
  private readonly messages: Uint8Array[] = [];
  private bytes = 0;
  private paused = false;
  private outcome: { failure: unknown } | null = null;
  private waiting: PromiseWithResolvers<IteratorResult<Uint8Array>> | null = null;

  constructor(source: MessageSource) {
    this.source = source;
  }

  push(message: Uint8Array): void {
    if (this.outcome !== null) return;
    if (this.waiting !== null) {
      this.waiting.resolve({ done: false, value: message });
      this.waiting = null;
      return;
    }
    this.messages.push(message);
    this.bytes += message.byteLength;
    if (this.paused || this.bytes <= fullBytes) return;
    this.paused = true;
    this.source.pause();
  }

  /** Nothing comes after it; what is there can still be taken. A failure is thrown after that. */
  end(failure: unknown = null): void {
    this.outcome ??= { failure };
    if (this.waiting === null) return;
    if (this.outcome.failure === null) this.waiting.resolve(over);
    else this.waiting.reject(this.outcome.failure);
    this.waiting = null;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const message = this.messages.shift();
    if (message !== undefined) return Promise.resolve({ done: false, value: this.took(message) });
    if (this.outcome === null) {
      this.waiting = Promise.withResolvers();
      return this.waiting.promise;
    }
    return this.outcome.failure === null ? Promise.resolve(over) : Promise.reject(this.outcome.failure);
  }

  /** A reader that breaks off wants no more: what comes is thrown away, so that the source can end. */
  return(): Promise<IteratorResult<Uint8Array>> {
    this.outcome = { failure: null };
    this.messages.length = 0;
    this.took(new Uint8Array(0));
    return Promise.resolve(over);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private took(message: Uint8Array): Uint8Array {
    this.bytes = this.messages.length === 0 ? 0 : this.bytes - message.byteLength;
    if (this.paused && this.bytes < roomyBytes) {
      this.paused = false;
      this.source.resume();
    }
    return message;
  }
}

const over: IteratorReturnResult<undefined> = { done: true, value: undefined };

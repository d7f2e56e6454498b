/** An empty message costs memory too. Bytes. */
const chunkOverhead = 128;

/**
 * Bytes between one writer and one reader, in order. Whoever writes waits for `room` before it writes more, so that no
 * more than `limit` bytes and one chunk lie in it. A reader that breaks off is not written to any more.
 */
export class ByteQueue implements AsyncIterable<Uint8Array> {
  private chunks: Uint8Array[] = [];
  private size = 0;
  private ended = false;
  private readonly limit: number;
  private wakeReader: (() => void) | null = null;
  private wakeWriter: (() => void) | null = null;

  constructor(limit: number) {
    this.limit = limit;
  }

  push(chunk: Uint8Array): void {
    if (this.ended || chunk.byteLength === 0) return;
    this.chunks.push(chunk);
    this.size += chunk.byteLength + chunkOverhead;
    this.wakeReader?.();
  }

  /** Resolves when there is room, at the latest when nothing is taken any more. */
  async room(): Promise<void> {
    while (this.size >= this.limit && !this.ended) {
      await new Promise<void>((resolve) => {
        this.wakeWriter = resolve;
      });
    }
  }

  /** What is in it can still be read. */
  end(): void {
    this.ended = true;
    this.wakeReader?.();
    this.wakeWriter?.();
  }

  /** What is in it is thrown away, and so is what comes. */
  discard(): void {
    this.chunks = [];
    this.size = 0;
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.chunks.shift();
        if (chunk !== undefined) {
          this.size -= chunk.byteLength + chunkOverhead;
          if (this.size < this.limit) this.wakeWriter?.();
          yield chunk;
        } else if (this.ended) return;
        else
          await new Promise<void>((resolve) => {
            this.wakeReader = resolve;
          });
      }
    } finally {
      this.discard();
    }
  }
}

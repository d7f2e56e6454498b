/** Hands on what several sources say to one reader, in the order it was said, until it is ended. */
export class EventQueue<T> {
  private readonly waiting: T[] = [];
  private wake = Promise.withResolvers<void>();
  private ended = false;

  push(event: T): void {
    this.waiting.push(event);
    this.wake.resolve();
  }

  end(): void {
    this.ended = true;
    this.wake.resolve();
  }

  async *read(): AsyncGenerator<T> {
    while (true) {
      yield* this.waiting.splice(0);
      if (this.waiting.length > 0) continue;
      if (this.ended) return;
      await this.wake.promise;
      this.wake = Promise.withResolvers();
    }
  }
}

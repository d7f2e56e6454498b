/** Events of several tasks as one sequence, in the order they were pushed. One reader. */
export class EventChannel<T> {
  private readonly queue: T[] = [];
  private wake = Promise.withResolvers<void>();
  private closed = false;

  push(event: T): void {
    if (this.closed) return;
    this.queue.push(event);
    this.wake.resolve();
  }

  /** Nothing comes after it. */
  end(last: T): void {
    this.push(last);
    this.closed = true;
    this.wake.resolve();
  }

  async *events(): AsyncGenerator<T> {
    while (true) {
      yield* this.queue.splice(0);
      if (this.closed && this.queue.length === 0) return;
      await this.wake.promise;
      this.wake = Promise.withResolvers();
    }
  }
}

type End = () => Promise<unknown> | unknown;

/** What a bench started, ended in the opposite order. One that can't be ended keeps none of the others. */
export class Cleanup {
  private readonly ends: End[] = [];

  add(end: End): void {
    this.ends.push(end);
  }

  async run(): Promise<void> {
    for (let end = this.ends.pop(); end !== undefined; end = this.ends.pop()) {
      try {
        await end();
      } catch (thrown) {
        process.stderr.write(`Not ended in order: ${thrown instanceof Error ? thrown.message : thrown}\n`);
      }
    }
  }
}

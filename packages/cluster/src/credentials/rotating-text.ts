/** A file that is replaced under us (a projected token, a renewed certificate) is seen within this time. */
const lifetimeMs = 10_000;

/** The text of a file, read again once it is 10 s old. A file that is gone for a moment keeps its last text. */
export class RotatingText {
  private readonly read: () => Promise<string>;
  private readonly now: () => number;
  private held: { text: string; readAt: number } | null = null;

  constructor(read: () => Promise<string>, now: () => number) {
    this.read = read;
    this.now = now;
  }

  /** Rejects as `read` does, where it never succeeded. */
  async text(): Promise<string> {
    const { held } = this;
    if (held !== null && this.now() - held.readAt < lifetimeMs) return held.text;
    return this.readAgain();
  }

  async readAgain(): Promise<string> {
    const { held } = this;
    try {
      this.held = { text: await this.read(), readAt: this.now() };
    } catch (thrown) {
      if (held === null) throw thrown;
      this.held = { text: held.text, readAt: this.now() };
    }
    return this.held.text;
  }
}

/** A text that may stand in the kubeconfig itself, in a file, or nowhere. */
export interface TextSource {
  text(): Promise<string | null>;
  readAgain(): Promise<string | null>;
}

export function fixedText(text: string | null): TextSource {
  return { text: async () => text, readAgain: async () => text };
}

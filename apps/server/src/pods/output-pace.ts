import { mostUnderWay } from '@quarterdeck/contract';

/** Keeps what is on its way to a page within bounds, once the page says what it has taken; before that, everything goes at once. */
export class OutputPace {
  private underWay = 0;
  private told = false;
  private readonly waiting: (() => void)[] = [];
  private ended = false;

  /** Resolves when so many bytes may be sent, and counts them. One that waits is let go before those that come later. */
  async room(bytes: number): Promise<void> {
    while (this.told && !this.ended && this.underWay >= mostUnderWay) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.underWay += bytes;
  }

  /** The page has shown so many bytes more. */
  taken(bytes: number): void {
    this.told = true;
    this.underWay = Math.max(0, this.underWay - bytes);
    this.letGo();
  }

  /** Nobody listens any more: whoever waits goes on, and finds that out. */
  end(): void {
    this.ended = true;
    this.letGo();
  }

  private letGo(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }
}

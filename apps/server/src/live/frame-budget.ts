/** Frames of a client in a span of milliseconds: nobody who clicks and types comes near it. */
const most = 500;
const span = 10_000;

/** How fast a client may send frames. */
export class FrameBudget {
  private readonly now: () => number;
  private begun: number;
  private spent = 0;

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.now = now;
    this.begun = now();
  }

  /** One more frame; false where there are too many. */
  spend(): boolean {
    const now = this.now();
    if (now - this.begun >= span) {
      this.begun = now;
      this.spent = 0;
    }
    this.spent += 1;
    return this.spent <= most;
  }
}

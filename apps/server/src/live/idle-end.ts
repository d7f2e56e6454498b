/** Ends what nobody has used for so many milliseconds. */
export class IdleEnd {
  private readonly timer: NodeJS.Timeout;

  constructor(milliseconds: number, end: () => void) {
    this.timer = setTimeout(end, milliseconds).unref();
  }

  /** It is used. */
  touch(): void {
    this.timer.refresh();
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

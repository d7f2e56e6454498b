import type { SendOptions } from '@quarterdeck/alerts';

interface Waiting {
  rule: string;
  cluster: string;
  issue: string;
}

export interface PendingOptions {
  clock: Pick<SendOptions, 'sleep'>;
  /** Ends all that waits. */
  signal: AbortSignal;
}

/** Alerts that are told only when their issue is still open after a while. */
export class PendingAlerts {
  private readonly options: PendingOptions;
  private readonly waiting = new Map<string, { about: Waiting; ending: AbortController }>();

  constructor(options: PendingOptions) {
    this.options = options;
  }

  /** One that waits already goes on waiting. */
  add(about: Waiting, milliseconds: number, due: () => void): void {
    const key = JSON.stringify(about);
    if (this.waiting.has(key)) return;
    const ending = new AbortController();
    this.waiting.set(key, { about, ending });
    this.options.clock
      .sleep(milliseconds, AbortSignal.any([ending.signal, this.options.signal]))
      .then(due, () => undefined) // It was resolved in the meantime, or the workbench ends.
      .finally(() => this.waiting.delete(key));
  }

  /** The issue is over. */
  cancel(cluster: string, issue: string): void {
    for (const { about, ending } of this.waiting.values()) if (about.cluster === cluster && about.issue === issue) ending.abort();
  }
}

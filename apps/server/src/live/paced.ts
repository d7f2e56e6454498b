/** Frames a second at most: an eye sees no more, and a busy list changes a hundred times as often. Milliseconds apart. */
const gap = 250;

export interface Paced {
  /** Something changed: `run` is called soon, once for all changes until then. */
  request(): void;
  /** Calls `run` at once, in place of one that was requested. */
  now(): void;
  stop(): void;
}

/** Calls `run` at most four times a second; the first change after a rest is told without delay. */
export function paced(run: () => void): Paced {
  let timer: NodeJS.Timeout | null = null;
  let last = 0;
  function fire(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    last = performance.now();
    run();
  }
  return {
    request() {
      timer ??= setTimeout(fire, Math.max(0, last + gap - performance.now()));
    },
    now: fire,
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

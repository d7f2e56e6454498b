/** How long a computation may hold the process before others have their turn. Milliseconds. */
const turn = 10;
/** The clock is looked at once in so many steps: looking costs more than most steps. */
const stepsPerLook = 32;

/** Between the steps of a long computation: `await pace.step()`, or only where it is not null, which is cheaper. */
export interface Pace {
  /** A promise when it is time to let others run, null when not. */
  step(): Promise<void> | null;
}

/** Without interruption: what is left to itself anyway, as a command that does nothing else. */
export const unpaced: Pace = { step: () => null };

/** Lets others run (`rest` resolves after them) whenever the computation has held the process for a while. */
export function createPace(rest: () => Promise<void>): Pace {
  let since = performance.now();
  let steps = 0;
  const pause = async () => {
    await rest();
    since = performance.now();
  };
  return {
    step() {
      steps += 1;
      if (steps < stepsPerLook) return null;
      steps = 0;
      return performance.now() - since < turn ? null : pause();
    },
  };
}

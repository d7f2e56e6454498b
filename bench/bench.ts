import type { Cleanup } from './harness/cleanup.ts';

/** What a figure must be to pass. */
export interface Bar {
  is: '<' | '<=' | '>=' | '=';
  value: number;
}

/** One measured number. Without a bar it is there to be read, and always passes. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  bar?: Bar;
}

/** An option of a bench on the command line. */
export interface BenchOption {
  type: 'number' | 'text' | 'switch';
  default: string;
  summary: string;
}

export interface BenchResult {
  figures: Figure[];
  /** The same task done by others in the same run, by name and version. */
  peers: Record<string, Figure[]>;
}

export interface BenchContext {
  /** The value of a number option. Throws for one that is no number. */
  number(option: string): number;
  text(option: string): string;
  isOn(option: string): boolean;
  /** What is started is registered here at once, so that it ends however the bench ends. */
  cleanup: Cleanup;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Progress, for the person who waits. */
  tell(text: string): void;
}

export interface Bench {
  name: string;
  summary: string;
  /** What must be there, in words for people. */
  needs: string;
  options: Readonly<Record<string, BenchOption>>;
  /** Throws MissingNeed where something is absent that only the machine can have. */
  run(context: BenchContext): Promise<BenchResult>;
}

/** Something that the bench needs is absent on this machine: that is no failure of what is measured. */
export class MissingNeed extends Error {}

export function passes({ value, bar }: Figure): boolean {
  switch (bar?.is) {
    case undefined:
      return true;
    case '<':
      return value < bar.value;
    case '<=':
      return value <= bar.value;
    case '>=':
      return value >= bar.value;
    case '=':
      return value === bar.value;
  }
}

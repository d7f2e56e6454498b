import type { ClusterAccess } from '@quarterdeck/cluster';
import type { ActLog } from '@quarterdeck/contract';
import type { ClusterChoice } from './cluster/cluster-options.ts';

/** One of the two streams of the terminal. */
export interface Output {
  write(text: string): void;
  /** Characters a line; null where the stream is no terminal. */
  columns: number | null;
  /** Whether colours and redrawn lines are wanted: a terminal, and NO_COLOR is not set. */
  colour: boolean;
}

/** Standard input. */
export interface Input {
  isTerminal: boolean;
  /** Everything up to its end. */
  readAll(): Promise<string>;
  /** One line, after a question on stderr; only on a terminal. `hidden`: what is typed is not shown. */
  ask(question: string, options?: { hidden?: boolean }): Promise<string>;
}

/** A terminal that shows a live display: both ends of it are a person's. */
export interface Terminal {
  /** Lines of the screen, as it is now. */
  rows(): number;
  /** Each key as it is pressed, without echo, until the signal aborts. */
  keys(signal: AbortSignal): AsyncIterable<string>;
}

/** A program that takes over the terminal until it ends. */
export interface ChildProgram {
  command: string;
  args: readonly string[];
  env?: Record<string, string>;
  /** Where its output goes; `stderr` keeps stdout free for results. */
  output?: 'inherit' | 'stderr' | 'ignore';
  workingDirectory?: string;
}

/** Where acts are written down, until it is closed. */
export interface OpenActs {
  log: ActLog;
  close(): Promise<void>;
}

/** Everything that a command may touch besides the cluster. */
export interface CommandContext {
  out: Output;
  err: Output;
  input: Input;
  /** Null where output or input is no terminal. */
  terminal: Terminal | null;
  environment: Readonly<Record<string, string | undefined>>;
  /** The options that every command takes, by their names; they go before the environment. */
  flags?: Readonly<Record<string, string>>;
  /** Aborts when the person interrupts. */
  signal: AbortSignal;
  /** Epoch milliseconds. */
  now(): number;
  /** Opens the cluster or recording that is chosen; see `openAccess`. */
  openAccess(choice: ClusterChoice): Promise<ClusterAccess>;
  /** Opens the ledger for acts on a cluster, or on none; see `openActs`. */
  openActs(cluster: string | null): Promise<OpenActs>;
  /** Runs another command line of qd; resolves to its exit code. */
  runSelf(args: readonly string[]): Promise<number>;
  /** Resolves to the exit code, as a shell gives it. */
  runChild(program: ChildProgram): Promise<number>;
}

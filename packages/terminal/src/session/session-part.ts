import type { TerminalEvent, TerminalExit, TerminalRequest } from '@quarterdeck/contract';

/** What of a session can be known and set by what accompanies it; told to everybody who asks for the session. */
export interface SessionFacts {
  readonly id: string;
  readonly shell: string;
  readonly owner: string;
  readonly pid: number;
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string | null;
  /** Whether the person lets its output be looked at. */
  readonly observed: boolean;
}

/** Milliseconds; `monotonic` only ever grows and says nothing of the day. */
export interface HostClock {
  now(): number;
  monotonic(): number;
}

/** What accompanies a session: it sees bytes after they were sent on, and never slows them. */
export interface SessionPart {
  /** An operating system command (7, 9, 133, 633, 1337 …), after the mirror parsed it; `offset` is that of the output which it came in, to its end or a little after. */
  osc?(code: number, data: string, offset: number): void;
  /** Returns at once. `bytes` must not be kept: they are the session's. */
  output?(bytes: Uint8Array, offset: number): void;
  input?(bytes: Uint8Array): void;
  resized?(columns: number, rows: number): void;
  /** Somebody changed whether the session may be looked at. */
  observed?(on: boolean): void;
  ended?(exit: TerminalExit): void;
  close(): Promise<void>;
}

export interface SessionPartContext {
  /** As it is at the time of asking. */
  readonly session: SessionFacts;
  /** Told to everybody who has the session open; `cwd`, `title`, `kube`, `running`, `hidden`, `integrated` become facts of the session. */
  emit(event: TerminalEvent): void;
  /** Logical lines (wrapped ones joined) of what the mirror shows for this part of the output; what has scrolled away is left out. */
  readLines(from: number, to: number): Promise<string[]>;
  /** Of the master. */
  readonly ptyFd: number;
  readonly pid: number;
  /** The path of the terminal: /dev/pts/7. */
  readonly ptyPath: string;
  readonly clock: HostClock;
  /** Of this session alone (0700); it goes with the session. */
  readonly folder: string;
  /** Whether what is written to `folder` must be sealed, and how. */
  readonly seal: Sealing;
}

/** How what goes to disk is protected; the same bytes where nothing is to be sealed. */
export interface Sealing {
  seal(bytes: Uint8Array): Uint8Array;
  /** Throws VALIDATION_ERROR where they were not sealed with this key, or were changed. */
  open(bytes: Uint8Array): Uint8Array;
}

export type CreateSessionPart = (context: SessionPartContext) => SessionPart;

/** What a session is about to be started with, before anything was prepared. */
export interface SpawnRequest extends TerminalRequest {
  id: string;
  owner: string;
  /** Absolute. */
  shell: string;
  /** Whether the person gave arguments of their own: then nothing is put between them and the shell. */
  ownArguments: boolean;
  /** Which cluster it is to speak to; null for the one of the person's own files. */
  kube: SpawnKube | null;
  /** Of this session alone, 0700, there already. */
  folder: string;
}

export interface SpawnKube {
  context: string;
  namespace: string | null;
  pinned: boolean;
  production: boolean;
  /** All contexts that others live by: somebody may switch to one of them in the shell. */
  productionContexts?: readonly string[] | undefined;
  /** The files that the workbench itself reads, in kubectl's order. */
  files: readonly string[];
}

/** With what the shell is started. Each extension gets what the one before made, and may change it. */
export interface SpawnPreparation {
  file: string;
  args: string[];
  env: Record<string, string>;
  parts: CreateSessionPart[];
  /** When the session is over, or could not be started. */
  dispose(): Promise<void>;
}

export interface ExecStatus {
  /** As a shell would see it: 0 is success. For `attach` it is 0 when the container ended or let go. */
  exitCode: number;
  /** What the server said about it; null for success. */
  reason: string | null;
}

/**
 * A program in a container, or a container's own, with its streams. Whoever opened it closes it.
 *
 * Each output holds up to 1 MiB that nobody has read yet. When one is full, the connection pauses, with the other
 * output and the status behind it: read both, or break off reading the one that is not wanted, which drops it. So a
 * slow reader slows the program and costs no memory.
 */
export interface ExecSession {
  readonly container: string;
  /** Whether it has a terminal: then everything comes on `stdout`, and sizes matter. */
  readonly tty: boolean;
  /** Whether what is written arrives anywhere. */
  readonly stdin: boolean;
  /** Ends with the program, and also when the connection breaks: `status` says which. To be read once. */
  readonly stdout: AsyncIterable<Uint8Array>;
  readonly stderr: AsyncIterable<Uint8Array>;
  /** Resolves when there is room for more: whoever waits for it never has more than 1 MiB and one chunk on its way. Rejects when the session is over. */
  write(bytes: Uint8Array): Promise<void>;
  /** The program sees the end of its input. Throws UNSUPPORTED where the server can't say so (Kubernetes before 1.30). */
  end(): Promise<void>;
  /** Characters. Does nothing without a terminal. */
  resize(columns: number, rows: number): Promise<void>;
  /**
   * How it ended, after all output was read or dropped. Rejects with what kept the program from running, with
   * CLUSTER_UNREACHABLE when the connection broke, CANCELLED when it was closed here.
   */
  readonly status: Promise<ExecStatus>;
  /** Ends the connection; the program sees its streams close. Calling it again does nothing. */
  close(): void;
}

import type { AppError, ServerFrame, Window } from '@quarterdeck/contract';

/** A frame without what the connection adds: the subscription's id and the count of its frames. */
export type FrameBody = ServerFrame extends infer Frame ? (Frame extends { seq: number } ? Omit<Frame, 'id' | 'seq'> : never) : never;

/** Where one subscription sends its frames. */
export interface FrameSink {
  send(frame: FrameBody): void;
  /** Tells that something can't be had; the subscription stays and may send again later. */
  fail(error: AppError): void;
  /** Whether the client is so far behind that deltas would only pile up. */
  congested(): boolean;
}

/** A running subscription. */
export interface LiveSubscription {
  /** Only what shows a window has it. Throws VALIDATION_ERROR for a broken filter or sort; the window then stays as it was. */
  moveWindow?(window: Window): void;
  close(): void;
}

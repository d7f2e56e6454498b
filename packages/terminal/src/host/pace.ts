import { terminalFlow } from '@quarterdeck/contract';

/** Of the mirror: it must never fall behind what the ring keeps. Bytes. */
export const mirrorBounds = { high: 1024 * 1024, low: 256 * 1024 } as const;

export interface Pacing {
  /** The offset after the newest byte. */
  end: number;
  /** What those have reached who are waited for. */
  reached: number | null;
  /** What the mirror has still to parse. */
  pending: number;
}

/** Whether a program is to be held up, and whether one that is held up goes on: in between, everything stays as it is. */
export function isTooFast(held: boolean, { end, reached, pending }: Pacing): boolean {
  const ahead = reached === null ? 0 : end - reached;
  if (held) return ahead > terminalFlow.low || pending > mirrorBounds.low;
  return ahead > terminalFlow.high || pending > mirrorBounds.high;
}

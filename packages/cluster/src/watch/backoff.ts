const firstMs = 1000;
const longestMs = 30_000;

/** Doubles from 1 s to 30 s; a random half of it is cut off, so that many clients do not come back together. */
export function backoffMs(failures: number, random: () => number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 10));
  return full * (1 - random() / 2);
}

import { median } from '../harness/percentile.ts';

export interface Pair {
  ours: number;
  theirs: number;
}

/** Takes turns, so that what the machine does besides hits both alike; the medians of what was measured. */
export async function takeTurns(rounds: number, ours: () => Promise<number>, theirs: () => Promise<number>): Promise<Pair> {
  const measured: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1) {
    measured.ours.push(await ours());
    measured.theirs.push(await theirs());
  }
  return { ours: median(measured.ours), theirs: median(measured.theirs) };
}

/** Milliseconds of a task. */
export async function timed(task: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await task();
  return performance.now() - from;
}

/** What a large transfer takes longer than a tiny one of the same kind: start and connection of both are left out. Milliseconds. */
export async function timedBeyond(tiny: () => Promise<unknown>, large: () => Promise<unknown>): Promise<number> {
  const start = await timed(tiny);
  return Math.max(0.1, (await timed(large)) - start);
}

export const megabytesPerSecond = (bytes: number, ms: number) => bytes / 1e6 / (ms / 1000);

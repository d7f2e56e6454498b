import type { Bench } from './bench.ts';
import { live } from './live.ts';
import { streams } from './streams.ts';

export const benches: readonly Bench[] = [live, streams];

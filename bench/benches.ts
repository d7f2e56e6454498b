import type { Bench } from './bench.ts';
import { live } from './live.ts';

export const benches: readonly Bench[] = [live];

import type { Bench } from './bench.ts';
import { durability } from './durability.ts';
import { gate } from './gate.ts';
import { live } from './live.ts';
import { streams } from './streams.ts';

export const benches: readonly Bench[] = [live, streams, gate, durability];

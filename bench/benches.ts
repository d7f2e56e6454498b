import { assistant } from './assistant.ts';
import type { Bench } from './bench.ts';
import { chat } from './chat.ts';
import { cli } from './cli.ts';
import { diagnose } from './diagnose.ts';
import { durability } from './durability.ts';
import { gate } from './gate.ts';
import { live } from './live.ts';
import { mcp } from './mcp.ts';
import { streams } from './streams.ts';
import { terminal } from './terminal.ts';
import { web } from './web.ts';

export const benches: readonly Bench[] = [diagnose, live, streams, terminal, gate, durability, assistant, mcp, web, chat, cli];

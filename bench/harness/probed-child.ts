import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import * as z from 'zod';
import { startChild } from './children.ts';
import type { Cleanup } from './cleanup.ts';
import { MemorySampler } from './process-memory.ts';

const probe = path.join(import.meta.dirname, '..', 'probe.ts');
const delaySchema = z.object({ p50: z.number(), p99: z.number(), max: z.number() });

/** How long the event loop was held up, in milliseconds. */
export type EventLoopDelay = z.infer<typeof delaySchema>;

/** A Node program that is measured: its memory from outside, its event loop by a probe inside. */
export class ProbedChild {
  readonly child: ChildProcess;
  readonly memory: MemorySampler;

  constructor(cleanup: Cleanup, args: readonly string[], env: NodeJS.ProcessEnv, nodeArgs: readonly string[] = []) {
    this.child = startChild(cleanup, process.execPath, [...nodeArgs, '--import', probe, ...args], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    if (this.child.pid === undefined) throw new Error(`${args[0]} could not be started.`);
    this.memory = new MemorySampler(this.child.pid);
    cleanup.add(() => this.memory.stop());
  }

  /** Since the last call. Rejects when the process is gone or does not answer within 30 s. */
  async eventLoopDelay(): Promise<EventLoopDelay> {
    const answered = once(this.child, 'message', { signal: AbortSignal.timeout(30_000) });
    this.child.send('eventLoopDelay');
    const [message] = await answered;
    return delaySchema.parse(message);
  }
}

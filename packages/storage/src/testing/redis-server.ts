import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'redis';
import { freePort } from './postgres-server.ts';

export interface RedisServer {
  url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

const program = '/usr/bin/redis-server';

/** Whether tests can have one. With CI set they must, and fail where it is missing. */
export function canHaveRedis(): boolean {
  return Boolean(process.env.CI) || existsSync(program);
}

/** A Redis of our own on loopback, from Debian's package, that keeps nothing on disk. */
export async function startRedis(): Promise<RedisServer> {
  if (!existsSync(program)) throw new Error(`${program} is not here: install Debian's package redis-server.`);
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess;
  async function start(): Promise<void> {
    child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp'], { stdio: 'ignore' });
    await untilReady(url);
  }
  await start();
  return {
    url,
    start,
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch (thrown) {
      if (tries > 100) throw thrown;
      await delay(50);
    } finally {
      client.destroy();
    }
  }
}

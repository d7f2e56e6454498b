import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { systemWriters } from './writers.ts';

it('knows which processes may still write', async () => {
  const writers = systemWriters(7);
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  await once(child, 'spawn');
  const other = `${hostname()} ${child.pid} 3`;
  expect([writers.own, other, 'elsewhere 1 1'].map(writers.mayWrite)).toEqual([true, true, true]);
  child.kill();
  await once(child, 'exit');
  const before = `${hostname()} ${process.pid} 6`;
  expect([other, before, '', 'nonsense'].map(writers.mayWrite)).toEqual([false, false, false, false]);
});

import { expect, it } from 'vitest';
import { PendingAlerts } from './pending-alerts.ts';
import { RuleBudget } from './rule-budget.ts';

it('leaves out what a storm brings, and says how much', () => {
  let now = 0;
  const budget = new RuleBudget(() => now);
  const granted = Array.from({ length: 30 }, () => budget.take('a')).filter((one) => one.granted);
  expect(granted).toHaveLength(20);
  expect(budget.take('b').granted).toBe(true);
  now = 60_000;
  expect(budget.take('a')).toEqual({ granted: true, leftOut: 10 });
  expect(budget.take('a')).toEqual({ granted: true, leftOut: 0 });
});

it('tells after a while, once, and not what was resolved in the meantime', async () => {
  const sleepers: { milliseconds: number; wake: () => void }[] = [];
  const sleep = (milliseconds: number, signal: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    sleepers.push({ milliseconds, wake: resolve });
    signal.addEventListener('abort', () => reject(signal.reason));
    return promise;
  };
  const pending = new PendingAlerts({ clock: { sleep }, signal: new AbortController().signal });
  const told: string[] = [];
  const add = (issue: string) => pending.add({ rule: 'r', cluster: 'c', issue }, 60_000, () => told.push(issue));
  add('a');
  add('a');
  add('b');
  pending.cancel('c', 'b');
  for (const { wake } of sleepers) wake();
  await new Promise((resolve) => setImmediate(resolve));
  expect(sleepers).toHaveLength(2);
  expect(told).toEqual(['a']);
});

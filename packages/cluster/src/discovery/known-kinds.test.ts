import { expect, it } from 'vitest';
import { KnownKinds } from './known-kinds.ts';

const { signal } = new AbortController();

it('asks again for who misses a kind, but not with every call', async () => {
  let discoveries = 0;
  let now = 0;
  const kinds = new KnownKinds(
    async () => {
      discoveries += 1;
      return [];
    },
    () => now,
  );
  await kinds.get(signal);
  await kinds.get(signal, 'anew');
  expect(discoveries).toBe(1);
  now = 600;
  await kinds.get(signal);
  await kinds.get(signal, 'anew');
  await kinds.get(signal, 'anew');
  expect(discoveries).toBe(2);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenStorage, openStorage, parseStorageUrl } from '@quarterdeck/storage';
import { inProcessMemory } from '@quarterdeck/storage/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDismissals } from './dismissals.ts';

let directory: string;
let storage: OpenStorage;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dismissals-'));
  storage = await openStorage(parseStorageUrl(`sqlite:${join(directory, 'not', 'yet', 'there.db')}`), { role: 'guest' });
});

afterEach(async () => {
  await storage.close();
  await rm(directory, { recursive: true });
});

const shared = inProcessMemory();
const open = () => openDismissals(storage, shared, { warn: () => undefined });
const dismissal = (issueId: string, cluster = 'east') => ({ cluster, issueId, reason: 'known', at: '2026-01-01T00:00:00Z', by: 'local' });

describe('dismissals', () => {
  it('are still there after a restart, however many were written at once', async () => {
    const before = await open();
    await Promise.all(['a', 'b', 'c'].map((id) => before.add(dismissal(id))));
    await before.remove('east', 'b');
    const after = await open();
    expect(['a', 'b', 'c'].map((id) => after.get('east', id)?.reason)).toEqual(['known', undefined, 'known']);
  });

  it('end with their issue, so that it is shown when it recurs; those of other clusters stay', async () => {
    const dismissals = await open();
    await dismissals.add(dismissal('a'));
    await dismissals.add(dismissal('b'));
    await dismissals.add(dismissal('a', 'west'));
    await dismissals.keepOnly('east', new Set(['b']));
    for (const seen of [dismissals, await open()]) {
      expect(seen.get('east', 'a')).toBeUndefined();
      expect(seen.get('east', 'b')).toBeDefined();
      expect(seen.get('west', 'a')).toBeDefined();
    }
  });

  it('are seen by the other servers on the same storage', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    let told = 0;
    other.onChange(() => {
      told += 1;
    });
    await one.add(dismissal('a'));
    await vi.waitFor(() => expect(other.get('east', 'a')).toBeDefined());
    await one.remove('east', 'a');
    await vi.waitFor(() => expect(other.get('east', 'a')).toBeUndefined());
    expect(told).toBe(2);
  });

  it('that could not be stored are not shown as such', async () => {
    const dismissals = await open();
    await storage.db.schema.dropTable('dismissals').execute();
    await expect(dismissals.add(dismissal('a'))).rejects.toThrow();
    expect(dismissals.get('east', 'a')).toBeUndefined();
  });
});

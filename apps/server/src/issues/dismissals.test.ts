import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenStorage, openStorage, parseStorageUrl } from '@quarterdeck/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const dismissal = (issueId: string, cluster = 'east') => ({ cluster, issueId, reason: 'known', at: '2026-01-01T00:00:00Z', by: 'local' });

describe('dismissals', () => {
  it('are still there after a restart, however many were written at once', async () => {
    const before = await openDismissals(storage);
    await Promise.all(['a', 'b', 'c'].map((id) => before.add(dismissal(id))));
    await before.remove('east', 'b');
    const after = await openDismissals(storage);
    expect(['a', 'b', 'c'].map((id) => after.get('east', id)?.reason)).toEqual(['known', undefined, 'known']);
  });

  it('end with their issue, so that it is shown when it recurs; those of other clusters stay', async () => {
    const dismissals = await openDismissals(storage);
    await dismissals.add(dismissal('a'));
    await dismissals.add(dismissal('b'));
    await dismissals.add(dismissal('a', 'west'));
    await dismissals.keepOnly('east', new Set(['b']));
    for (const seen of [dismissals, await openDismissals(storage)]) {
      expect(seen.get('east', 'a')).toBeUndefined();
      expect(seen.get('east', 'b')).toBeDefined();
      expect(seen.get('west', 'a')).toBeDefined();
    }
  });

  it('that could not be stored are not shown as such', async () => {
    const dismissals = await openDismissals(storage);
    await storage.db.schema.dropTable('dismissals').execute();
    await expect(dismissals.add(dismissal('a'))).rejects.toThrow();
    expect(dismissals.get('east', 'a')).toBeUndefined();
  });
});

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDismissals } from './dismissals.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dismissals-'));
});

afterEach(() => rm(directory, { recursive: true }));

const dismissal = (issueId: string, cluster = 'east') => ({ cluster, issueId, reason: 'known', at: '2026-01-01T00:00:00Z', by: 'local' });

describe('dismissals', () => {
  it('are still there after a restart, however many were written at once', async () => {
    const state = join(directory, 'not', 'yet', 'there');
    const before = await openDismissals(state);
    await Promise.all(['a', 'b', 'c'].map((id) => before.add(dismissal(id))));
    await before.remove('east', 'b');
    const after = await openDismissals(state);
    expect(['a', 'b', 'c'].map((id) => after.get('east', id)?.reason)).toEqual(['known', undefined, 'known']);
    expect(await readdir(state)).toEqual(['dismissals.json']);
  });

  it('end with their issue, so that it is shown when it recurs; those of other clusters stay', async () => {
    const dismissals = await openDismissals(directory);
    await dismissals.add(dismissal('a'));
    await dismissals.add(dismissal('b'));
    await dismissals.add(dismissal('a', 'west'));
    await dismissals.keepOnly('east', new Set(['b']));
    expect(dismissals.get('east', 'a')).toBeUndefined();
    expect(dismissals.get('east', 'b')).toBeDefined();
    expect(dismissals.get('west', 'a')).toBeDefined();
  });

  it('in a broken file are told of, not overwritten', async () => {
    await writeFile(join(directory, 'dismissals.json'), '{"version":1,"dismissals":[{}]}');
    await expect(openDismissals(directory)).rejects.toMatchObject({ code: 'INTERNAL_ERROR', message: expect.stringContaining('dismissals.json') });
  });
});

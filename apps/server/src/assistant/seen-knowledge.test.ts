import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IssueRecord, ObjectRef } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { openSeenKnowledge } from './seen-knowledge.ts';

const at = '2026-05-01T00:00:00Z';
const ref = (namespace: string, name: string): ObjectRef => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });

function record(id: string, namespace: string, cause: ObjectRef | null): IssueRecord {
  const issue: IssueRecord['issue'] = {
    ...{ id, title: `ConfigMap ${namespace} is wrong`, severity: 'high', kind: 'ConfigMap', namespace, name: 'conf', detectedAt: at, cause },
    ...{ explanation: 'It can not be read.', mechanism: 'config-directive', confidence: 'certain', evidence: [], affected: [ref(namespace, 'conf')] },
  };
  const life = { firstSeenAt: at, openedAt: at, resolvedAt: '2026-05-02T00:00:00Z', recurrences: 0, dismissedAs: null, transitions: [] };
  return { cluster: 'prod', issue, ...life };
}

const shop = { board: 'prod', sees: ({ namespace }: ObjectRef) => namespace === 'shop' };
const everybody = { board: 'prod', sees: () => true };
const others = { board: 'prod of another policy', sees: () => true };

async function knowledge() {
  const records = [record('a', 'shop', null), record('b', 'bank', null), record('c', 'shop', ref('bank', 'secret-cause'))];
  return openSeenKnowledge({
    stateDirectory: await mkdtemp(join(tmpdir(), 'knowledge-')),
    history: { resolved: (board) => records.filter(({ cluster }) => cluster === board) },
    runbooks: async () => [],
    now: () => Date.parse('2026-05-03T00:00:00Z'),
  });
}

describe('resolved issues as knowledge', () => {
  it('are those alone whose objects, and whose cause, may be seen', async () => {
    const house = await knowledge();
    const ids = async (seen: typeof shop) => [...((await house.of(seen, true))?.jsonLines() ?? [])].map((line) => JSON.parse(line).id);
    expect(await ids(shop)).toEqual(['resolved:prod/a']);
    expect(await ids(everybody)).toEqual(['resolved:prod/a', 'resolved:prod/b', 'resolved:prod/c']);
    expect(await ids(others)).toEqual([]);
    expect(await house.of(everybody, false)).toBeNull();
  });

  it('carry what was said of them, the last word, and can be rated by those who see them', async () => {
    const house = await knowledge();
    await house.rate(shop, { id: 'a', rating: -1, note: 'not that' });
    await house.rate(shop, { id: 'a', rating: 1, note: 'rolled the chart back' });
    const [hit] = (await house.of(everybody, true))?.search({ text: '', mechanism: 'config-directive', limit: 1 }) ?? [];
    expect(hit).toMatchObject({ id: 'resolved:prod/a', rating: 1, text: expect.stringContaining('What helped: rolled the chart back') });
    for (const id of ['b', 'c', 'none']) await expect(house.rate(shop, { id, rating: 1, note: '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

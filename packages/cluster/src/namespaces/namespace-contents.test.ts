import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import type { ListOptions, ListPage } from '../access/cluster-access.ts';
import { namespaceContents } from './namespace-contents.ts';

const kindOf = (kind: string, change: Partial<ResourceKind> = {}): ResourceKind => ({
  ...{ apiVersion: 'v1', kind, plural: `${kind.toLowerCase()}s`, namespaced: true, shortNames: [], group: 'config', verbs: ['list'] },
  ...change,
});
const objects = (kind: string, count: number): KubeObject[] =>
  Array.from({ length: count }, (_, index) => ({ apiVersion: 'v1', kind, metadata: { name: `${index}` } }));

async function* list({ kind }: ResourceKind, { namespace }: ListOptions): AsyncGenerator<ListPage> {
  if (kind === 'Secret') throw new AppError('FORBIDDEN', 'You may not list secrets.');
  if (namespace !== 'shop') return;
  const pages = kind === 'Pod' ? [600, 600, 600] : kind === 'ConfigMap' ? [2] : [];
  for (const count of pages) yield { items: objects(kind, count), resourceVersion: '' };
}

it('counts what is in the namespace, up to a bound, and says what it may not see', async () => {
  const kinds = [kindOf('ConfigMap'), kindOf('Pod'), kindOf('Secret'), kindOf('Service'), kindOf('Event'), kindOf('Node', { namespaced: false })];
  const found = await namespaceContents({ list }, kinds, 'shop', new AbortController().signal);
  expect(found.contents.map(({ kind, count, atLeast }) => [kind, count, atLeast])).toEqual([
    ['Pod', 1000, true],
    ['ConfigMap', 2, false],
  ]);
  expect(found.notSeen).toEqual([{ apiVersion: 'v1', kind: 'Secret', reason: 'You may not list secrets.' }]);
});

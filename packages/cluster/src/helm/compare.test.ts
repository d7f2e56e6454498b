import type { ResourceKind } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { compareManifests, compareTexts } from './compare.ts';
import { manifestObjects } from './manifest.ts';
import { coalesce } from './values.ts';

const kind = (name: string, namespaced: boolean): ResourceKind => ({
  apiVersion: 'v1',
  kind: name,
  plural: name.toLowerCase(),
  namespaced,
  shortNames: [],
  group: 'config',
  verbs: [],
});
const kinds = [kind('ConfigMap', true), kind('Namespace', false)];
const configMap = (name: string, mode: string) => `---\n# Source: x\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  mode: ${mode}\n`;

it('finds the objects of a manifest, in the namespace of the release where they name none', () => {
  const manifest = `${configMap('a', 'x')}---\n# nothing\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, annotations: { helm.sh/resource-policy: keep } }\n`;
  expect(manifestObjects(manifest, 'harbour', kinds)).toMatchObject([
    { object: { kind: 'ConfigMap', namespace: 'harbour', name: 'a' }, kept: false },
    { object: { kind: 'Namespace', namespace: null, name: 'shop' }, kept: true },
  ]);
});

it('tells what was added, removed and changed, object by object', () => {
  const before = manifestObjects(configMap('a', 'x') + configMap('b', 'x') + configMap('c', 'x'), 'n', kinds);
  const after = manifestObjects(configMap('d', 'x') + configMap('b', 'y') + configMap('a', 'x'), 'n', kinds);
  const { changes, unchanged } = compareManifests(before, after);
  expect(unchanged).toBe(1);
  expect(changes.map(({ object, change, diff }) => [object.name, change, diff.added, diff.removed])).toEqual([
    ['d', 'added', 7, 0],
    ['b', 'changed', 1, 1],
    ['c', 'removed', 0, 7],
  ]);
  expect(changes[1]?.diff.text).toContain('-  mode: x\n+  mode: y\n');
});

it('gives up on texts with nothing in common in favour of both, whole', () => {
  const text = (word: string) => Array.from({ length: 6_000 }, (_, i) => `${word} ${i}`).join('\n');
  expect(compareTexts(text('a'), text('b'))).toMatchObject({ added: 6_000, removed: 6_000 });
});

it('lays the values of the user over the defaults; null takes a default away', () => {
  const defaults = { a: { x: 1, y: 2 }, list: [1, 2], gone: 'x' };
  expect(coalesce(defaults, { a: { y: 3, z: null }, list: [3], gone: null, own: true })).toEqual({ a: { x: 1, y: 3 }, list: [3], own: true });
});

import type { ResourceKind } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { objectsIn, pathsIn, podNamesIn } from './found-names.ts';

const kind = (name: string, plural: string, shortNames: string[]): ResourceKind => ({
  apiVersion: name === 'Pod' ? 'v1' : 'apps/v1',
  kind: name,
  plural,
  namespaced: true,
  shortNames,
  group: 'workloads',
  verbs: [],
});
const kinds = [kind('Pod', 'pods', ['po']), kind('Deployment', 'deployments', ['deploy'])];

it('what may be a file is found with its place, and numbers and plain words are not', () => {
  const found = (line: string) => pathsIn(line).map(({ text }) => text);
  expect(found('src/app.ts:12:3 - error TS2304: see ./main.go and /etc/hosts')).toEqual(['src/app.ts:12:3', './main.go', '/etc/hosts']);
  expect(found('took 3.2 at 10:24:01, all fine')).toEqual([]);
  expect(pathsIn('  at x.js:4').at(0)).toEqual({ index: 5, text: 'x.js:4' });
});

it('objects are found as kubectl writes them, of kinds that there are', () => {
  expect(objectsIn('pod/web-1 deleted, deployment.apps/api scaled, po/x and foo/bar', kinds).map(({ kind: { kind: of }, name }) => `${of} ${name}`)).toEqual([
    'Pod web-1',
    'Deployment api',
    'Pod x',
  ]);
  expect(objectsIn('https://example.com/pod/web-1', kinds)).toEqual([]);
});

it('generated names look like pods', () => {
  expect(podNamesIn('web-7d4b9c6f5-x2lqz 1/1 Running  db-0 0/1  not-a-word').map(({ text }) => text)).toEqual(['web-7d4b9c6f5-x2lqz', 'db-0']);
});

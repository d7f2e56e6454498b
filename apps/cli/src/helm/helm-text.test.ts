import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { textTable } from '../output/text-table.ts';
import { runQd } from '../testing.ts';
import { diffText } from './diff-text.ts';
import { readValues } from './read-values.ts';

describe('readValues', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-values-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const input = (text: string) => ({ input: { isTerminal: false, readAll: async () => text, ask: async () => '' } });
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  it('lays later files over earlier ones and keeps what takes a default away', async () => {
    const files = [await file('one.yaml', 'a: { x: 1, y: 2 }\nlist: [1, 2]'), await file('two.yaml', 'a: { y: null }\nlist: [3]'), '-'];
    expect(parse(await readValues(files, input('own: true')))).toEqual({ a: { x: 1, y: null }, list: [3], own: true });
    expect(await readValues([], input(''))).toBe('');
  });

  it.each([
    ['a file that is not there', async () => '/no/such/file', 'NOT_FOUND'],
    ['a file that is no YAML', () => file('broken.yaml', 'a: [1'), 'VALIDATION_ERROR'],
    ['a file that is a list', () => file('list.yaml', '- 1'), 'VALIDATION_ERROR'],
  ])('refuses %s', async (_name, make, code) => {
    await expect(readValues([await make()], input(''))).rejects.toMatchObject({ code });
  });
});

it('shows a comparison object by object, without what would command a terminal', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' };
  const text = diffText(
    {
      ...{ from: 'revision 1', to: 'revision 2', unchanged: 1 },
      values: { added: 0, removed: 0, text: '' },
      manifest: [{ object, change: 'changed', diff: { added: 1, removed: 1, text: '@@ -1,1 +1,1 @@\n-mode: \u001b[31msteady\n+mode: storm\n' } }],
    },
    false,
  );
  expect(text).toBe(
    'From revision 1 to revision 2:\n\nConfigMap shop/settings: changed\n@@ -1,1 +1,1 @@\n-mode: steady\n+mode: storm\n\n1 object is the same.\n',
  );
});

it('sets columns as kubectl does', () => {
  expect(
    textTable([
      ['NAME', 'CPU'],
      ['a-long-name', '1m'],
    ]),
  ).toBe('NAME          CPU\na-long-name   1m\n');
});

it.each([
  [['helm', 'install', '-x', 'chart'], 'unknown option'],
  [['helm', 'install', '--', '-x', 'chart'], 'release must be'],
  [['helm', 'rollback', 'web', 'zero'], 'revision must be a number'],
  [['top', 'services'], 'must be one of pods'],
])('qd %j is refused', async (args, words) => {
  const { code, err } = await runQd(args);
  expect(code).toBe(3);
  expect(err).toContain(words);
});

import type { HelmRelease } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { draftOf, operationOf } from './chart-draft.ts';

const release: HelmRelease = {
  name: 'lamp',
  namespace: 'shop',
  revision: 3,
  status: 'deployed',
  updatedAt: null,
  storage: 'Secret',
  chart: { name: 'lantern', version: '1.0.0', appVersion: null, description: null, home: null, sources: [], deprecated: false, dependencies: [] },
  description: null,
  problem: null,
  firstDeployedAt: null,
  values: { user: 'mode: storm\n', all: '' },
  manifest: '',
  notes: '',
  hooks: [],
  hidden: 0,
};
const words = { hiddenValues: (keys: string) => keys };

it('begins an upgrade from the given values, or from the present ones where some are hidden', () => {
  expect(draftOf(release, '')).toMatchObject({ base: 'reset', values: 'mode: storm\n', chart: 'lantern', version: '1.0.0' });
  const hidden = { ...release, values: { user: 'auth:\n  password: <hidden 1a2b3c>\n', all: '' } };
  expect(draftOf(hidden, '')).toMatchObject({ base: 'reuse', values: '' });
});

it('sends no mark of a secret, and only what belongs to where the chart is', () => {
  const draft = {
    ...draftOf(release, ''),
    place: 'registry' as const,
    repository: 'https://left.example',
    chart: 'oci://charts.example/lantern',
    version: ' ',
  };
  const sent = operationOf(draft, true, words);
  expect('operation' in sent && sent.operation).toMatchObject({ do: 'upgrade', input: { chart: 'oci://charts.example/lantern', base: 'reset' } });
  expect('operation' in sent && Object.keys(sent.operation.input)).not.toContain('repository');
  expect(operationOf({ ...draft, values: 'auth: { password: <hidden 1a2b3c> }' }, true, words)).toEqual({ problems: new Map([['values', 'auth.password']]) });
  const local = operationOf({ ...draft, place: 'machine', chart: '/srv/lantern', version: '1.0.0' }, true, words);
  expect('operation' in local && Object.keys(local.operation.input)).not.toContain('version');
  const refused = operationOf({ ...draft, name: 'Lamp', chart: '' }, false, words);
  expect('problems' in refused && [...refused.problems.keys()]).toEqual(expect.arrayContaining(['name', 'chart']));
});

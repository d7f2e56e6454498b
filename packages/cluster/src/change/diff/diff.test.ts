import type { KubeObject } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { fieldOwners } from '../owners/field-owners.ts';
import { comparable } from './clean-object.ts';
import { objectDiff } from './object-diff.ts';

const object = (kind: string, content: object, metadata: object = {}): KubeObject =>
  Object.assign({ apiVersion: 'v1', kind, metadata: { name: 'web', ...metadata } }, content);

describe('a diff', () => {
  it('names fields as the API server does: items by name, odd keys in brackets', () => {
    const before = { spec: { containers: [{ name: 'a', image: '1' }, { name: 'b' }], args: ['x', 'y'] }, labels: { 'app.kubernetes.io/name': 'a' } };
    const after = {
      spec: { containers: [{ name: 'b' }, { name: 'a', image: '2' }, { name: 'c' }], args: ['x', 'z'] },
      labels: { 'app.kubernetes.io/name': 'b' },
    };
    expect(objectDiff(before, after, 'x').fields.map(({ path, type }) => `${type} ${path}`)).toEqual([
      'changed .labels["app.kubernetes.io/name"]',
      'changed .spec.args[1]',
      'changed .spec.containers[name="a"].image',
      'added .spec.containers[name="c"]',
    ]);
  });

  it('is empty where only the order of keys differs', () => {
    expect(objectDiff({ a: 1, b: 2 }, { b: 2, a: 1 }, 'x')).toEqual({ fields: [], text: '' });
  });

  it('leaves out bookkeeping and status', () => {
    const noise = { uid: 'u', resourceVersion: '1', generation: 1, managedFields: [], creationTimestamp: 't' };
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"x"}}', kept: 'yes' };
    const [shown] = comparable(object('ConfigMap', { status: { a: 1 }, data: { a: '1' } }, { ...noise, annotations }), null);
    expect(shown).toEqual(object('ConfigMap', { data: { a: '1' } }, { annotations: { kept: 'yes' } }));
  });
});

describe('the diff of a Secret', () => {
  it('shows which keys are the same, changed, added and removed, and nothing of their values', () => {
    const before = object('Secret', { data: { same: 'c2FtZQ==', changed: 'b2xk', gone: 'eA==', empty: '' } });
    const after = object('Secret', { data: { same: 'c2FtZQ==', changed: 'b2xkZXI=', empty: '' }, stringData: { added: 'clear' } });
    const pair = comparable(before, after);
    expect(pair.map((side) => Object.entries({ data: {}, ...side }.data))).toEqual([
      [
        ['same', '***'],
        ['changed', '*** (before)'],
        ['gone', '***'],
        ['empty', '***'],
      ],
      [
        ['same', '***'],
        ['changed', '*** (after)'],
        ['empty', '***'],
        ['added', '***'],
      ],
    ]);
    expect(JSON.stringify(pair)).not.toMatch(/c2Ft|b2xk|eA==|clear/);
  });

  it('sees that a clear text is the encoded value', () => {
    const [before, after] = comparable(object('Secret', { data: { a: 'Y2xlYXI=' } }), object('Secret', { stringData: { a: 'clear' } }));
    expect(objectDiff(before, after, 'x').fields).toEqual([]);
  });
});

describe('field owners', () => {
  it('are read from the tree of managed fields', () => {
    const fieldsV1 = { 'f:spec': { 'f:replicas': {}, 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {} } }, 'f:finalizers': { 'v:"x/y"': {} } } };
    expect(fieldOwners([{ manager: 'kubectl', operation: 'Apply', time: '2026-01-01T00:00:00Z', fieldsV1, subresource: 'scale' }])).toEqual([
      {
        manager: 'kubectl',
        operation: 'Apply',
        subresource: 'scale',
        since: '2026-01-01T00:00:00Z',
        fields: ['.spec.replicas', '.spec.containers[name="web"].image', '.spec.finalizers[="x/y"]'],
      },
    ]);
  });
});

import { expect, it } from 'vitest';
import { ownersOfFields } from './owners-of-fields.ts';

const changed = (...paths: string[]) => paths.map((path) => ({ path, type: 'changed' as const, before: 1, after: 2 }));
const entry = (manager: string, fieldsV1: object, more: object = {}) => ({ manager, operation: 'Apply', time: '2026-01-01T00:00:00Z', fieldsV1, ...more });
const image = { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {} } } } };

it('tells who set the fields that change, and nobody else', () => {
  const managedFields = [
    entry('argocd-controller', image),
    entry('kubectl', { 'f:spec': { 'f:replicas': {} } }),
    entry('quarterdeck', image),
    entry('kube-controller-manager', image),
    entry('hpa', { 'f:spec': { 'f:selector': {} } }, { operation: 'Update' }),
    entry('status-writer', image, { subresource: 'status' }),
  ];
  const path = '.spec.containers[name="web"].image';
  expect(ownersOfFields(changed(path), managedFields)).toEqual([
    { manager: 'argocd-controller', fields: [path], since: '2026-01-01T00:00:00Z', operation: 'Apply' },
  ]);
  expect(ownersOfFields(changed('.spec.selector.app'), managedFields).map(({ manager }) => manager)).toEqual(['hpa']);
  expect(ownersOfFields(changed('.spec.containers'), managedFields).map(({ manager }) => manager)).toEqual(['argocd-controller']);
  expect(ownersOfFields([{ path, type: 'added', after: 2 }], managedFields)).toEqual([]);
  expect(ownersOfFields(changed('.spec.replicasOf'), managedFields)).toEqual([]);
});

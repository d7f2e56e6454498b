import { expect, it } from 'vitest';
import { controllerIn } from './object-metadata.ts';
import { exactly } from './use-object-row.ts';

it('names the controller among the owners, in the namespace of what it owns', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-77', controller: true };
  const object = { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'other' }, owner] } };
  expect(controllerIn(object, 'shop')).toEqual({ apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace: 'shop', name: 'web-77' });
  expect([controllerIn(undefined, null), controllerIn({ metadata: { ownerReferences: 'odd' } }, null)]).toEqual([null, null]);
});

it('asks for one name and no other that holds it', () => {
  expect(exactly('Pod/api.v1')).toBe('/^Pod\\/api\\.v1$/');
});

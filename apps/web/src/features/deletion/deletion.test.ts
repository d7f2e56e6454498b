import type { KubeObject } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { whatHolds } from './what-holds.ts';

const at = '2026-01-01T12:00:00Z';
const object = (kind: string, metadata: object, rest: object = {}): KubeObject =>
  Object.assign({ apiVersion: 'v1', kind, metadata: { name: 'a', ...metadata } }, rest);

it('tells what an object that is being deleted waits for, and nothing of one that stays', () => {
  expect(whatHolds(object('ConfigMap', { finalizers: ['example.com/keep'] }))).toBeNull();
  expect(whatHolds(object('ConfigMap', { deletionTimestamp: at, finalizers: ['example.com/keep'] }))).toEqual({
    since: at,
    finalizers: ['example.com/keep'],
    said: [],
  });
});

it('tells of a namespace what the cluster says of its contents', () => {
  const conditions = [
    { type: 'NamespaceContentRemaining', status: 'True', message: 'Some resources are remaining: widgets. has 1 resource instances' },
    { type: 'NamespaceDeletionDiscoveryFailure', status: 'False', message: 'All resources successfully discovered' },
  ];
  const namespace = object('Namespace', { deletionTimestamp: at }, { spec: { finalizers: ['kubernetes'] }, status: { conditions } });
  expect(whatHolds(namespace)).toEqual({
    since: at,
    finalizers: ['kubernetes'],
    said: ['Some resources are remaining: widgets. has 1 resource instances'],
  });
});

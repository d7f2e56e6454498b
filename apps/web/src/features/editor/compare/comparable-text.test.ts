import { expect, it } from 'vitest';
import { comparableText } from './comparable-text.ts';

it('two objects that somebody wrote the same are the same', () => {
  const one = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      uid: 'a',
      resourceVersion: '1',
      managedFields: [],
      annotations: { 'deployment.kubernetes.io/revision': '3' },
      labels: { b: '2', a: '1' },
    },
    spec: { replicas: 2, paused: false },
    status: { replicas: 1 },
  };
  const other = {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    spec: { paused: false, replicas: 2 },
    metadata: { labels: { a: '1', b: '2' }, uid: 'b', generation: 7, name: 'web', ownerReferences: [{ uid: 'c' }] },
  };
  expect(comparableText(one)).toBe(comparableText(other));
  expect(comparableText({ ...other, spec: { replicas: 3 } })).not.toBe(comparableText(one));
});

import type { ClusterSnapshot } from '@quarterdeck/cluster';
import { describe, expect, it } from 'vitest';
import { fromYaml, testNow } from '../testing/index.ts';
import { referredNamespaces } from './referred-namespaces.ts';

const objects = fromYaml(`
kind: Namespace
metadata: {name: shop}
---
kind: Namespace
metadata: {name: data}
---
kind: Namespace
metadata: {name: kube-system}
---
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - name: api
          image: api:1
          env:
            - {name: DATABASE_URL, value: 'postgres://db.data.svc.cluster.local:5432/shop'}
            - {name: AUDIT_URL, value: 'http://audit.nowhere.svc:80'}
`);

const snapshot = (scope: string[] | null): ClusterSnapshot => ({
  clusterId: 'test',
  version: null,
  takenAt: testNow,
  scope,
  objects,
  coverage: { Namespace: 'read', Deployment: 'read' },
  reasons: {},
  customKinds: [],
});

describe('referredNamespaces', () => {
  it('are those that exist, outside of what was read, and the system’s own', () => {
    expect(referredNamespaces(snapshot(['shop']))).toEqual(['data', 'kube-system']);
  });

  it('are none where the whole cluster was read, and none that was read', () => {
    expect(referredNamespaces(snapshot(null))).toEqual([]);
    expect(referredNamespaces(snapshot(['shop', 'data', 'kube-system']))).toEqual([]);
  });
});

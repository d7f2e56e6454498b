import { expect, it } from 'vitest';
import { ago, testNow } from '../testing/from-yaml.ts';
import { testView } from '../testing/test-view.ts';
import { recentChanges } from './recent-changes.ts';

const written = (by: string, seconds: number) => `[{manager: ${by}, operation: Update, time: "${ago(seconds)}", fieldsV1: {"f:data": {"f:mode": {}}}}]`;
const settings = (namespace: string, name: string, more: string) => `
kind: ConfigMap
metadata: {name: ${name}, namespace: ${namespace}, creationTimestamp: "${ago(90_000)}", ${more}}
---`;

it('tells what people and programs wrote lately, the newest first, and leaves out what Kubernetes writes', () => {
  const { view } = testView(
    [
      settings('shop', 'web', `managedFields: ${written('kubectl-edit', 600)}`),
      settings('shop', 'later', `managedFields: ${written('helm', 60)}`),
      settings('shop', 'old', `managedFields: ${written('kubectl-edit', 80_000)}`),
      settings('shop', 'kube-root-ca.crt', `managedFields: ${written('somebody', 60)}`),
      settings('shop', 'controlled', `ownerReferences: [{kind: Deployment, name: x, controller: true}], managedFields: ${written('operator', 60)}`),
      settings('bank', 'other', `managedFields: ${written('argocd', 30)}`),
    ].join(''),
  );
  const told = (namespace: string | undefined, limit: number) => recentChanges(view, { since: testNow - 3_600_000, namespace, limit });
  expect(told(undefined, 9).changes.map(({ object, by }) => `${object.name} ${by}`)).toEqual(['other argocd', 'later helm', 'web kubectl-edit']);
  expect(told('shop', 1)).toMatchObject({ total: 2, changes: [{ what: 'set data["mode"]', object: { name: 'later' } }] });
});

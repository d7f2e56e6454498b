import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { minimalGrant } from './minimal-grant.ts';

const documents = (text: string): unknown[] => parseAllDocuments(text).map((document) => document.toJS());

describe('the least that allows a request', () => {
  it('is a role for one object in its namespace, for the account that asks', () => {
    expect(
      documents(minimalGrant({ verb: 'get', group: '', resource: 'pods/log', namespace: 'shop', name: 'api-0' }, 'system:serviceaccount:ops:reader')),
    ).toEqual([
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'get-pods-log-api-0', namespace: 'shop' },
        rules: [{ apiGroups: [''], resources: ['pods/log'], resourceNames: ['api-0'], verbs: ['get'] }],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'get-pods-log-api-0', namespace: 'shop' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'get-pods-log-api-0' },
        subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace: 'ops' }],
      },
    ]);
  });

  it('is for the whole cluster where no namespace is asked about, and names nothing that the verb has no name for', () => {
    const [role, binding] = documents(minimalGrant({ verb: 'list', group: 'apps', resource: 'deployments', name: 'web' }, 'ada'));
    expect(role).toMatchObject({ kind: 'ClusterRole', metadata: { name: 'list-deployments' }, rules: [{ apiGroups: ['apps'], verbs: ['list'] }] });
    expect(role).not.toHaveProperty('rules.0.resourceNames');
    expect(binding).toMatchObject({ kind: 'ClusterRoleBinding', subjects: [{ kind: 'User', name: 'ada' }] });
  });
});

import type { KubeObject } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { diagnoseObjects } from '../run/diagnose-objects.ts';
import { whoCan } from './who-can.ts';

const api = 'rbac.authorization.k8s.io';
const object = (kind: string, name: string, namespace: string | undefined, rest: object): KubeObject =>
  Object.assign({ apiVersion: `${api}/v1`, kind, metadata: { name, uid: `${kind} ${name}`, ...(namespace === undefined ? {} : { namespace }) } }, rest);

const rule = (verbs: string[], resources: string[], names: string[] = []) => ({
  apiGroups: [''],
  resources,
  verbs,
  ...(names.length === 0 ? {} : { resourceNames: names }),
});
const bound = (roleKind: string, role: string, ...subjects: object[]) => ({ roleRef: { apiGroup: api, kind: roleKind, name: role }, subjects });
const user = (name: string) => ({ kind: 'User', name, apiGroup: api });

const objects = [
  object('ClusterRole', 'view', undefined, { rules: [rule(['get', 'list'], ['pods', 'pods/log'])] }),
  object('ClusterRole', 'all', undefined, { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] }),
  object('Role', 'one-pod', 'shop', { rules: [rule(['delete'], ['pods'], ['api-0'])] }),
  object('ClusterRoleBinding', 'admins', undefined, bound('ClusterRole', 'all', { kind: 'Group', name: 'ops', apiGroup: api })),
  object('RoleBinding', 'viewers', 'shop', bound('ClusterRole', 'view', user('ada'), { kind: 'ServiceAccount', name: 'reader', namespace: 'ops' })),
  object('RoleBinding', 'deleter', 'shop', bound('Role', 'one-pod', user('bob'))),
  object('RoleBinding', 'dangling', 'shop', bound('Role', 'gone', user('eve'))),
];
const { view } = await diagnoseObjects(objects, { now: Date.parse('2026-01-01T00:00:00Z') });

const who = (verb: string, resource: string, where: { namespace?: string; name?: string } = {}) =>
  whoCan(view, { verb, group: '', resource, ...where })
    .grants.map(({ subject, binding, names }) => `${subject.name} by ${binding.name}${names.length === 0 ? '' : ` only ${names}`}`)
    .sort();

describe('who can', () => {
  it('counts a binding of a namespace there alone, and a cluster binding everywhere', () => {
    expect(who('list', 'pods', { namespace: 'shop' })).toEqual(['ada by viewers', 'ops by admins', 'reader by viewers']);
    expect(who('list', 'pods', { namespace: 'other' })).toEqual(['ops by admins']);
    expect(who('list', 'pods')).toEqual(['ops by admins']);
    expect(who('get', 'pods/log', { namespace: 'shop' })).toContain('ada by viewers');
  });

  it('says which objects a right is limited to, and leaves it out for another object', () => {
    expect(who('delete', 'pods', { namespace: 'shop' })).toEqual(['bob by deleter only api-0', 'ops by admins']);
    expect(who('delete', 'pods', { namespace: 'shop', name: 'web-0' })).toEqual(['ops by admins']);
  });

  it('says what was not read', async () => {
    const { view: partly } = await diagnoseObjects(objects, { now: 0, kinds: ['Role', 'RoleBinding'] });
    expect(whoCan(partly, { verb: 'get', group: '', resource: 'pods' }).unread).toEqual(['ClusterRole', 'ClusterRoleBinding']);
  });
});

import { describe, expect, it } from 'vitest';
import { workloadYaml } from '../testing/workload-yaml.ts';
import { said } from './advised.ts';

const role = (name: string, rules: string, kind = 'ClusterRole') => `\n---\nkind: ${kind}\nmetadata: {name: ${name}}\nrules: ${rules}\n---\n`;
const binding = (name: string, roleRef: string, subject: string, kind = 'ClusterRoleBinding') =>
  `\n---\nkind: ${kind}\nmetadata: {name: "${name}"}\nroleRef: {kind: ${roleRef.split('/')[0]}, name: "${roleRef.split('/')[1]}"}\nsubjects: [${subject}]\n---\n`;
const account = (name: string) => `{kind: ServiceAccount, name: ${name}, namespace: shop}`;
const exists = (name: string, more = '') => `\n---\nkind: ServiceAccount\nmetadata: {name: ${name}}\n${more}\n---\n`;

describe('roles', () => {
  const all = '[{verbs: ["*"], resources: ["*"], apiGroups: ["*"]}]';

  it('are told of when they allow everything, escalate or read all Secrets, and somebody has them', () => {
    const bound = binding('b', 'ClusterRole/wide', account('bot'));
    expect(said('role-wildcard', role('wide', all) + bound)).toEqual(['All verbs on all resources of every API.']);
    expect(said('role-wildcard', role('wide', all))).toEqual([]);
    expect(said('role-escalates', role('wide', '[{verbs: [bind], resources: [roles], apiGroups: [rbac.authorization.k8s.io]}]') + bound)).toEqual([
      'bind on roles.',
    ]);
    const secrets = role('wide', '[{verbs: [list], resources: [secrets], apiGroups: [""]}]');
    expect(said('role-reads-all-secrets', secrets + bound).join()).toContain('ClusterRoleBinding b');
    expect(said('role-reads-all-secrets', secrets + binding('b', 'ClusterRole/wide', account('bot'), 'RoleBinding'))).toEqual([]);
  });

  it('are unused when nobody is bound to them and they are no part of another', () => {
    const old = (labels = '{}') => `kind: ClusterRole\nmetadata: {name: lonely, labels: ${labels}, creationTimestamp: "2026-04-01T00:00:00Z"}\nrules: []`;
    expect(said('role-unused', old())).toEqual(['No binding refers to it.']);
    expect(said('role-unused', old('{rbac.authorization.k8s.io/aggregate-to-view: "true"}'))).toEqual([]);
    expect(said('role-unused', old(), { coverage: { RoleBinding: 'forbidden' } })).toEqual([]);
  });
});

describe('bindings', () => {
  it('are told of when they make an account administrator, or let in who is not logged in', () => {
    expect(said('binding-to-admin', binding('b', 'ClusterRole/cluster-admin', account('bot')))).toEqual(['ServiceAccount shop/bot may do everything.']);
    expect(said('binding-to-admin', binding('b', 'ClusterRole/cluster-admin', '{kind: User, name: jane}'))).toEqual([]);
    const anonymous = '{kind: User, name: "system:anonymous"}';
    expect(said('binding-anonymous', binding('b', 'ClusterRole/view', anonymous)).join()).toContain('system:anonymous has ClusterRole view');
    expect(said('binding-anonymous', binding('b', 'ClusterRole/system:public-info-viewer', anonymous))).toEqual([]);
  });

  it('are told of when they grant nothing, unless that cannot be seen', () => {
    const dangling = binding('b', 'Role/gone', account('nobody'), 'RoleBinding');
    expect(said('binding-dangling', dangling)).toEqual(['Role shop/gone does not exist.', 'ServiceAccount shop/nobody does not exist.']);
    expect(said('binding-dangling', dangling, { coverage: { Role: 'forbidden', ServiceAccount: 'forbidden' } })).toEqual([]);
    expect(said('binding-dangling', binding('system:old', 'ClusterRole/gone', account('nobody')))).toEqual([]);
  });

  it('are told of when every pod of a namespace has what they grant', () => {
    expect(said('default-account-bound', binding('b', 'ClusterRole/edit', account('default')))).toEqual([
      'Every pod of namespace shop that names no account has ClusterRole edit.',
    ]);
    expect(said('default-account-bound', binding('b', 'ClusterRole/edit', account('bot')))).toEqual([]);
  });
});

describe('accounts', () => {
  const running = (podSpec: string, image = 'app:1') => workloadYaml({ name: 'web', podSpec, container: `image: ${image}` });

  it('that are missing or name missing Secrets are told of before they bite', () => {
    expect(said('account-missing', running('serviceAccountName: gone'))).toEqual(['ServiceAccount gone does not exist: no new pod can be created.']);
    expect(said('account-missing', running('serviceAccountName: bot') + exists('bot'))).toEqual([]);
    expect(said('account-secret-missing', exists('bot', 'imagePullSecrets: [{name: pull}]'))).toEqual(['Secret pull does not exist.']);
    expect(said('account-secret-missing', exists('bot', 'imagePullSecrets: [{name: pull}]'), { coverage: { Secret: 'forbidden' } })).toEqual([]);
  });

  it('without rights need no token', () => {
    const mounted = (image?: string) => running('serviceAccountName: bot\nautomountServiceAccountToken: true', image) + exists('bot');
    expect(said('token-without-rights', mounted())).toEqual(['ServiceAccount bot is bound to no role.']);
    expect(said('token-without-rights', mounted('acme/operator:1'))).toEqual([]);
    expect(said('token-without-rights', mounted() + binding('b', 'ClusterRole/view', account('bot')))).toEqual([]);
  });
});

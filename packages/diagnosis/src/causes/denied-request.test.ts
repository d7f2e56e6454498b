import { describe, expect, it } from 'vitest';
import { parseForbidden } from '../access/forbidden.ts';
import { planFor } from '../plans/planner.ts';
import { ago, runDiagnosis } from '../testing/index.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';

const account = (name: string) => `\n---\nkind: ServiceAccount\nmetadata: {name: ${name}}\n---\n`;
const role = (kind: string, name: string, rules: string, more = '') => `\n---\nkind: ${kind}\nmetadata: {name: ${name}}\n${more}\nrules: ${rules}\n---\n`;
const bind = (kind: string, roleRef: string, subject: string) =>
  `\n---\nkind: ${kind}\nmetadata: {name: reader}\nroleRef: {kind: ${roleRef.split('/')[0]}, name: ${roleRef.split('/')[1]}}\nsubjects: [${subject}]\n---\n`;
const reader = '{kind: ServiceAccount, name: reader, namespace: shop}';
const forbidden = (verb: string, resource: string, group = '', where = 'in the namespace "shop"') =>
  `${resource} is forbidden: User "system:serviceaccount:shop:reader" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`;

async function diagnosed(yaml: string, line: string) {
  const objects = workloadYaml({ name: 'app', podSpec: 'serviceAccountName: reader' }) + account('reader') + yaml;
  const { incidents, view } = await runDiagnosis(objects, { evidence: { logs: { 'app-5f4d-x1/app': [line, line, line, line] } } });
  const counted = incidents.filter(({ severity }) => severity !== 'low');
  const [first] = counted;
  const plan = first === undefined ? null : planFor(first, view, { userContext: '', horizon: 'short' });
  return {
    named: counted.map(({ mechanism, cause }) => `${mechanism} ${cause.kind}/${cause.name}`),
    sentence: first?.sentence ?? '',
    fallback: plan?.quickFix.fallback ?? '',
  };
}

describe('what the API server refused', () => {
  it.each([
    [
      'a subresource',
      forbidden('get', 'pods/log'),
      role('Role', 'reader', '[{apiGroups: [""], resources: [pods], verbs: [get]}]'),
      'role-lacks-permission Role/reader',
      'pods/log',
    ],
    [
      'another API group',
      forbidden('list', 'jobs', 'batch'),
      role('Role', 'reader', '[{apiGroups: [""], resources: [jobs], verbs: [list]}]'),
      'role-lacks-permission Role/reader',
      'jobs.batch',
    ],
    [
      'an object that the rule does not name',
      forbidden('get', 'configmaps'),
      role('Role', 'reader', '[{apiGroups: [""], resources: [configmaps], resourceNames: [settings], verbs: [get]}]'),
      'role-lacks-permission Role/reader',
      'named settings',
    ],
  ])('names the role that lacks %s', async (_what, line, objects, expected, word) => {
    const { named, sentence, fallback } = await diagnosed(objects + bind('RoleBinding', 'Role/reader', reader), line);
    expect(named).toEqual([expected]);
    expect(sentence).toContain(word);
    expect(fallback).toContain('patch role reader');
  });

  it('may be a path outside of the resources', async () => {
    const line = 'forbidden: User "system:serviceaccount:shop:reader" cannot get path "/metrics"';
    const other = role('ClusterRole', 'reader', '[{nonResourceURLs: ["/healthz*"], verbs: [get]}]');
    expect((await diagnosed(other + bind('ClusterRoleBinding', 'ClusterRole/reader', reader), line)).named).toEqual([
      'role-lacks-permission ClusterRole/reader',
    ]);
  });

  it('is a grant that reaches one namespace only, where the whole cluster is asked for', async () => {
    const wide = role('ClusterRole', 'reader', '[{apiGroups: [""], resources: [nodes], verbs: [list]}]');
    const { named } = await diagnosed(wide + bind('RoleBinding', 'ClusterRole/reader', reader), forbidden('list', 'nodes', '', 'at the cluster scope'));
    expect(named).toEqual(['binding-too-narrow RoleBinding/reader']);
  });

  const lists = '[{apiGroups: [""], resources: [pods], verbs: [list]}]';

  it.each([
    ['a User of the same name', '{kind: User, name: reader}', 'User reader, which is no ServiceAccount'],
    ['a Group of the same name', '{kind: Group, name: reader}', 'Group reader, which is no ServiceAccount'],
  ])('is a binding for %s', async (_what, subject, word) => {
    const { named, sentence } = await diagnosed(role('Role', 'reader', lists) + bind('RoleBinding', 'Role/reader', subject), forbidden('list', 'pods'));
    expect(named).toEqual(['binding-subject-wrong RoleBinding/reader']);
    expect(sentence).toContain(word);
  });

  it('is a binding that says Role where a ClusterRole is meant', async () => {
    const { named, sentence } = await diagnosed(role('ClusterRole', 'reader', lists) + bind('RoleBinding', 'Role/reader', reader), forbidden('list', 'pods'));
    expect(named).toEqual(['bound-role-missing RoleBinding/reader']);
    expect(sentence).toContain('there is ClusterRole reader');
  });

  const whole = role(
    'ClusterRole',
    'planner',
    '[{apiGroups: [""], resources: [services], verbs: [list]}]',
    'aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: planner}}]}',
  );
  const part = (label: string) => `\n---\nkind: ClusterRole\nmetadata: {name: planner-pods, labels: {part: ${label}}}\nrules: ${lists}\n---\n`;

  it('is a part that an aggregated role does not collect', async () => {
    const { named, sentence, fallback } = await diagnosed(
      whole + part('planer') + bind('RoleBinding', 'ClusterRole/planner', reader),
      forbidden('list', 'pods'),
    );
    expect(named).toEqual(['aggregated-role-lacks-part ClusterRole/planner-pods']);
    expect(sentence).toContain('part=planner');
    expect(fallback).toContain('kubectl label clusterrole planner-pods part=planner');
    expect((await diagnosed(whole + bind('RoleBinding', 'ClusterRole/planner', reader), forbidden('list', 'pods'))).named).toEqual([
      'role-lacks-permission ClusterRole/planner',
    ]);
  });
});

describe('a refusal that an event tells', () => {
  const event = (message: string, at = ago(30)) =>
    `\n---\nkind: Event\nmetadata: {name: web.1}\ninvolvedObject: {kind: Deployment, apiVersion: apps/v1, namespace: shop, name: web}\ntype: Warning\nreason: SyncFailed\nmessage: ${JSON.stringify(message)}\ncount: 9\nfirstTimestamp: "${ago(600)}"\nlastTimestamp: "${at}"\n---\n`;
  const web = workloadYaml({ name: 'web' });
  const named = async (yaml: string) =>
    (await runDiagnosis(web + account('reader') + yaml)).incidents.map(({ mechanism, cause }) => `${mechanism} ${cause.kind}/${cause.name}`);

  it('names the role of the controller that was refused', async () => {
    const objects = role('Role', 'reader', '[{apiGroups: [""], resources: [pods], verbs: [get]}]') + bind('RoleBinding', 'Role/reader', reader);
    expect(await named(objects + event(forbidden('delete', 'pods')))).toEqual(['role-lacks-permission Role/reader']);
  });

  it('is left alone when it is over, or about a person', async () => {
    expect(await named(event(forbidden('delete', 'pods'), ago(3600)))).toEqual([]);
    expect(await named(event('pods is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "shop"'))).toEqual([]);
  });
});

describe('parseForbidden', () => {
  it('reads the words of the API server in a text, in JSON, and in JSON in JSON', () => {
    const request = { user: 'system:serviceaccount:shop:reader', verb: 'list', resource: 'pods', group: '', namespace: 'shop' };
    const line = forbidden('list', 'pods');
    expect(parseForbidden(line)).toEqual(request);
    expect(parseForbidden(JSON.stringify({ message: line }))).toEqual(request);
    expect(parseForbidden(JSON.stringify({ body: JSON.stringify({ message: line }) }))).toEqual(request);
    expect(parseForbidden('pods "web" is forbidden: exceeded quota: small')).toBeNull();
  });
});

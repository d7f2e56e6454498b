import { describe, expect, it } from 'vitest';
import { planFor } from '../plans/planner.ts';
import { runDiagnosis } from '../testing/index.ts';

const running = (extra = '') =>
  `status: {phase: Running, podIP: 10.0.0.7, conditions: [{type: Ready, status: "True"}], containerStatuses: [{name: app, ready: true, restartCount: 0, image: "x:1", imageID: "", state: {running: {startedAt: "2026-05-04T11:00:00Z"}}}]${extra}}`;

function workload(name: string, account = 'default', env = ''): string {
  const spec = `{serviceAccountName: ${account}, containers: [{name: app, image: "x:1", ports: [{containerPort: 8080}]${env}}]}`;
  return `
---
kind: Deployment
metadata: {name: ${name}}
spec: {replicas: 1, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: ${spec}}}
status: {replicas: 1, readyReplicas: 1, availableReplicas: 1, updatedReplicas: 1}
---
kind: ReplicaSet
metadata: {name: ${name}-1, ownerReferences: [{kind: Deployment, name: ${name}}]}
spec: {replicas: 1, selector: {matchLabels: {app: ${name}}}}
status: {replicas: 1}
---
kind: Pod
metadata: {name: ${name}-1-a, labels: {app: ${name}}, ownerReferences: [{kind: ReplicaSet, name: ${name}-1}]}
spec: ${spec}
${running()}
---
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, clusterIP: 10.96.0.${name.length}, ports: [{port: 80, targetPort: 8080}]}`;
}

async function diagnosed(fixture: string, logs: Record<string, string[]>) {
  const { incidents, view } = await runDiagnosis(fixture, { evidence: { logs } });
  const [first] = incidents;
  const plan = first === undefined ? null : planFor(first, view, { userContext: 'kubectl delete ns shop', horizon: 'short' });
  return { named: incidents.map(({ mechanism, cause }) => `${mechanism} ${cause.kind}/${cause.name}`), sentence: first?.sentence ?? '', plan };
}

describe('access denied', () => {
  const line = 'pods is forbidden: User "system:serviceaccount:shop:reader" cannot list resource "pods" in API group "" in the namespace "shop"';
  const logs = { 'watcher-1-a/app': [line, line, line, line] };
  const account = '\n---\nkind: ServiceAccount\nmetadata: {name: reader}';
  const role = (verbs: string) => `\n---\nkind: Role\nmetadata: {name: reader}\nrules: [{apiGroups: [""], resources: [pods], verbs: [${verbs}]}]`;
  const binding = (roleName: string, subject: string) => `
---
kind: RoleBinding
metadata: {name: reader}
roleRef: {kind: Role, name: ${roleName}, apiGroup: rbac.authorization.k8s.io}
subjects: [{kind: ServiceAccount, ${subject}}]`;
  const own = 'name: reader, namespace: shop';
  const base = workload('watcher', 'reader') + workload('other') + account;

  it.each([
    ['the bound role that lacks the verb', role('get') + binding('reader', own), 'role-lacks-permission Role/reader', 'list'],
    ['the role that the binding names and that is missing', binding('gone-role', own), 'bound-role-missing Role/gone-role', 'does not exist'],
    [
      'the binding that names a role which is nearly named so',
      role('list') + binding('readers', own),
      'bound-role-missing RoleBinding/reader',
      'there is reader',
    ],
    [
      'the binding for the account of another namespace',
      role('list') + binding('reader', 'name: reader, namespace: default'),
      'binding-subject-wrong RoleBinding/reader',
      'default/reader',
    ],
    ['the account that nothing binds', role('list'), 'no-role-binding ServiceAccount/reader', 'Role reader would allow it'],
  ])('names %s and grants nothing by itself', async (_what, objects, expected, word) => {
    const { named, sentence, plan } = await diagnosed(base + objects, logs);
    expect(named.filter((name) => !name.startsWith('role-binding-dangling'))).toEqual([expected]);
    expect(sentence).toContain(word);
    expect(plan?.quickFix.steps.every(({ impact }) => impact === 'none')).toBe(true);
    expect(plan?.quickFix.assumptions).toContain('You said: kubectl delete ns shop');
  });

  it('lets the workload run as the account that was made for it', async () => {
    const { named, plan } = await diagnosed(`${workload('watcher', 'default')}${account}${role('list')}${binding('reader', own)}`, {
      'watcher-1-a/app': logs['watcher-1-a/app'].map((text) => text.replace('shop:reader', 'shop:default')),
    });
    expect(named).toEqual(['wrong-service-account Deployment/watcher']);
    expect(plan?.quickFix.steps[0]?.kubectl).toBe('kubectl set serviceaccount deployment/watcher reader -n shop');
  });

  it('is silent when the log is', async () => {
    expect((await diagnosed(base, { 'watcher-1-a/app': ['ok'], 'other-1-a/app': [] })).named).toEqual([]);
  });
});

describe('network policies', () => {
  const env = ', env: [{name: API_URL, value: "http://api:80"}]';
  const both = workload('api') + workload('client', 'default', env) + workload('bystander');
  const policy = (spec: string) => `\n---\nkind: NetworkPolicy\nmetadata: {name: guard}\nspec: {${spec}}`;
  const fails = 'dial tcp: connect to host api port 80: Connection timed out';
  const logs = { 'client-1-a/app': [fails, fails, fails, fails] };
  const fromFrontend = 'podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {app: frontend}}}]}]';

  it('names the policy that lets another in than the one who fails', async () => {
    const { named, sentence, plan } = await diagnosed(both + policy(fromFrontend), logs);
    expect(named).toEqual(['network-policy-blocks NetworkPolicy/guard']);
    expect(sentence).toContain('app=frontend');
    expect(plan?.quickFix.steps.every(({ impact }) => impact === 'none')).toBe(true);
    expect(plan?.quickFix.fallback).toContain('"matchLabels":{"app":"client"}');
  });

  it('names the egress policy of the caller', async () => {
    const { named } = await diagnosed(
      both + policy('podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: [{ports: [{port: 5432}]}]'),
      logs,
    );
    expect(named).toEqual(['network-policy-blocks NetworkPolicy/guard']);
  });

  it.each([
    [
      'allows the caller',
      'podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [client]}]}}], ports: [{port: 8080}]}]',
    ],
    ['selects others', 'podSelector: {matchLabels: {app: bystander}}, policyTypes: [Ingress]'],
  ])('does not name a policy that %s', async (_what, spec) => {
    expect((await diagnosed(both + policy(spec), logs)).named.join()).not.toContain('network-policy');
  });

  it('is silent where nobody fails', async () => {
    expect((await diagnosed(both + policy(fromFrontend), { 'client-1-a/app': ['INFO ok'], 'api-1-a/app': [], 'bystander-1-a/app': [] })).named).toEqual([]);
  });
});

describe('nodes', () => {
  const node = (conditions: string) => `\n---\nkind: Node\nmetadata: {name: a}\nstatus: {allocatable: {cpu: "4", memory: 8Gi}, conditions: [${conditions}]}`;

  it('names a node that is not ready or under pressure, and no condition that it does not know', async () => {
    const lost = await diagnosed(
      workload('web') + node('{type: Ready, status: Unknown, message: "Kubelet stopped posting node status.", lastTransitionTime: "2026-05-04T11:50:00Z"}'),
      {},
    );
    expect(lost.named).toEqual(['node-not-ready Node/a']);
    const full = await diagnosed(
      workload('web') +
        node(
          '{type: Ready, status: "True"}, {type: DiskPressure, status: "True", message: "kubelet has disk pressure", lastTransitionTime: "2026-05-04T11:50:00Z"}',
        ),
      {},
    );
    expect(full.named).toEqual(['node-pressure Node/a']);
    expect((await diagnosed(workload('web') + node('{type: Ready, status: "True"}, {type: EtcdIsVoter, status: "True"}'), {})).named).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestInfo } from '@quarterdeck/cluster';
import { builtInKinds, dangerClasses, groupOf, type Permission, permissions, pluralOf, seesAll } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { type Actor, type CallRequest, type Decision, decide, type GateCluster } from './decide.ts';
import { protectionOf } from './protection.ts';
import { realRequest } from './real-request.ts';

const kinds: Actor['kind'][] = ['person', 'agent', 'anonymous'];
const effects: CallRequest['effect'][] = ['read', 'write'];
const live = { readOnly: false, production: false };
const clusters = { none: null, live, production: { readOnly: false, production: true }, readOnly: { readOnly: true, production: false } };
type ClusterState = keyof typeof clusters;
const clusterStates: ClusterState[] = ['none', 'live', 'production', 'readOnly'];

type Row = Record<ClusterState, string>;
const unknownRow: Row = { none: 'AUTH_REQUIRED', live: 'AUTH_REQUIRED', production: 'AUTH_REQUIRED', readOnly: 'AUTH_REQUIRED' };
/** Rows: who asks. Columns: read, then write with no cluster, a live one, one of production (without the permission for it), a read-only one. */
const withPermission: Record<Actor['kind'], [string, Row]> = {
  person: ['allow', { none: 'READ_ONLY', live: 'allow', production: 'FORBIDDEN', readOnly: 'READ_ONLY' }],
  agent: ['allow', { none: 'READ_ONLY', live: 'needsApproval', production: 'FORBIDDEN', readOnly: 'READ_ONLY' }],
  anonymous: ['AUTH_REQUIRED', unknownRow],
};

const somebody = { id: 'somebody', name: 'Somebody', policy: seesAll, organisation: null, session: null };
const actor = (kind: Actor['kind'], held: readonly Permission[]): Actor => ({ ...somebody, kind, permissions: new Set(held) });
const rootPod = { spec: { containers: [{ name: 'app', image: 'app:1', securityContext: { privileged: true } }] } };
const said = (decision: Decision) => (decision.outcome === 'deny' ? decision.code : decision.outcome);

const combinations = kinds.flatMap((kind) => effects.flatMap((effect) => clusterStates.map((cluster) => ({ kind, effect, cluster }))));

describe('decide, for calls', () => {
  it.each(combinations)('$kind, $effect, cluster $cluster: every permission', ({ kind, effect, cluster }) => {
    const [read, write] = withPermission[kind];
    for (const permission of permissions.filter((each) => each !== 'cluster.protected')) {
      const request = { permission, effect, cluster: clusters[cluster] };
      expect(said(decide(actor(kind, [permission]), request))).toBe(effect === 'read' ? read : write[cluster]);
      const others = permissions.filter((other) => other !== permission);
      expect(said(decide(actor(kind, others), request))).toBe(kind === 'anonymous' ? 'AUTH_REQUIRED' : 'FORBIDDEN');
    }
  });

  it.each(combinations)('$kind, $effect, cluster $cluster: public', ({ kind, effect, cluster }) => {
    expect(said(decide(actor(kind, []), { permission: 'public', effect, cluster: clusters[cluster] }))).toBe(effect === 'read' ? 'allow' : 'FORBIDDEN');
  });

  it('lets those change production who may', () => {
    const request = { permission: 'resource.write' as const, effect: 'write' as const, cluster: clusters.production };
    expect(said(decide(actor('person', ['resource.write', 'cluster.protected']), request))).toBe('allow');
    expect(said(decide(actor('agent', ['resource.write', 'cluster.protected']), request))).toBe('needsApproval');
  });
});

const resources = [...Object.entries(builtInKinds), ['Certificate', { apiVersion: 'cert-manager.io/v1', namespaced: true }] as const];
const collections = resources.flatMap(([kind, { apiVersion, namespaced }]) => {
  const root = groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
  return (namespaced ? ['', '/namespaces/shop', '/namespaces/kube-system'] : ['']).map((place) => `${root}${place}/${pluralOf(kind)}`);
});
const subresources = ['status', 'scale', 'exec', 'log', 'proxy/x', 'eviction', 'ephemeralcontainers', 'token'];
const below = ['', '/web', ...subresources.map((subresource) => `/web/${subresource}`)];
const queries = ['', '?dryRun=All', '?watch=true', '?force=true&fieldManager=x', '?gracePeriodSeconds=0', '?dryRun=None'];
const targets = collections.flatMap((collection) => below.flatMap((rest) => queries.map((query) => `${collection}${rest}${query}`)));
const odd = ['/version', '/logs/x', '/healthz', '/metrics', '/apis', '/api/v1/proxy/namespaces/shop/pods/web', '/api/v1/namespaces/a/../b/pods'];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];
const bodies = [undefined, { spec: { replicas: 0 } }, [{ op: 'remove', path: '/metadata/finalizers' }]];

/** Every form that a request to the API server can take: method, place, subresource, and what changes its meaning. */
const requestKinds = methods.flatMap((method) => [...targets, ...odd].flatMap((target) => bodies.map((body) => ({ method, target, body }))));

const held: [string, readonly Permission[]][] = [
  ['with every permission', permissions],
  ['without cluster.protected', permissions.filter((permission) => permission !== 'cluster.protected')],
  ['with the scope of reading', ['resource.read']],
];
const actors = kinds.flatMap((kind) => held.map(([which, some]): [string, Actor] => [`${kind} ${which}`, actor(kind, some)]));

describe('decide, for what is really sent to the cluster', () => {
  const protection = protectionOf({ QUARTERDECK_PRODUCTION: 'live-*' });
  const all = requestKinds.map(({ method, target, body }) => {
    const judged = { info: requestInfo(method, target), query: new URLSearchParams(target.split('?')[1] ?? ''), body };
    return { judged, real: realRequest(judged, protection) };
  });
  const states: GateCluster[] = [clusters.live, clusters.production, clusters.readOnly];

  it.each(actors)('%s: every kind of request, in every cluster', (_name, who) => {
    const wrong = states.flatMap((cluster) => all.filter(({ real }) => said(decide(who, { request: real, cluster })) !== expected(who, real, cluster)));
    expect(wrong.map(({ judged }) => judged)).toEqual([]);
  });

  it('knows every class of danger', () => {
    console.info(
      `${actors.length * states.length * all.length} decisions: ${actors.length} actors, ${states.length} clusters, ${all.length} kinds of requests`,
    );
    expect(new Set(all.map(({ real }) => real.danger))).toEqual(new Set(dangerClasses));
    expect(all.some(({ real }) => real.isProtected)).toBe(true);
  });

  /** The table in words of its own. */
  function expected(who: Actor, { danger, dryRun, isProtected }: (typeof all)[number]['real'], cluster: GateCluster): string {
    if (who.kind === 'anonymous') return 'AUTH_REQUIRED';
    if (danger === 'read') return 'allow';
    if (danger === 'sensitiveRead') return who.kind === 'agent' ? 'needsApproval' : 'allow';
    if (dryRun && !cluster.production && danger !== 'execution') return 'allow';
    return expectedChange(who, isProtected || cluster.production, cluster.readOnly);
  }

  function expectedChange(who: Actor, isGuarded: boolean, readOnly: boolean): string {
    if (readOnly) return 'READ_ONLY';
    if (isGuarded && !who.permissions.has('cluster.protected')) return 'FORBIDDEN';
    return who.kind === 'agent' ? 'needsApproval' : 'allow';
  }

  // What got past lists of verbs and flags elsewhere; each is about the request that really is sent.
  it.each([
    ['a dry run that is none', 'DELETE', '/api/v1/namespaces/shop?dryRun=None', 'needsApproval'],
    ['a WebSocket into a container, which is a GET', 'GET', '/api/v1/namespaces/shop/pods/web/exec?command=sh', 'needsApproval'],
    ['attaching, by a GET', 'GET', '/api/v1/namespaces/shop/pods/web/attach', 'needsApproval'],
    ['a tunnel, by a GET', 'GET', '/api/v1/namespaces/shop/pods/web/portforward', 'needsApproval'],
    ["a node's kubelet behind a GET", 'GET', '/api/v1/nodes/n1/proxy/exec/shop/web/app', 'needsApproval'],
    ['a Service behind a GET', 'GET', '/api/v1/namespaces/shop/services/web/proxy/admin/delete', 'needsApproval'],
    ['the old form of the same', 'GET', '/api/v1/proxy/namespaces/shop/services/web', 'needsApproval'],
    ['Secrets by their raw path', 'GET', '/api/v1/secrets', 'needsApproval'],
    ['one Secret, whatever the output', 'GET', '/api/v1/namespaces/shop/secrets/login', 'needsApproval'],
    ['watching Secrets', 'GET', '/api/v1/secrets?watch=true', 'needsApproval'],
    ['Secrets as a list of one', 'GET', '/api/v1/secrets?fieldSelector=metadata.name%3Dlogin', 'needsApproval'],
    ['what auth reconcile sends', 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', 'needsApproval'],
    ['a credential of a service account', 'POST', '/api/v1/namespaces/shop/serviceaccounts/default/token', 'needsApproval'],
    ['a namespace in dots', 'DELETE', '/api/v1/namespaces/shop/../kube-system', 'needsApproval'],
    ['an encoded slash', 'GET', '/api/v1/namespaces/shop%2Fsecrets', 'needsApproval'],
    ['an unknown method', 'TRACE', '/api/v1/namespaces/shop/pods', 'needsApproval'],
    ['the logs of the control plane', 'GET', '/logs/kube-apiserver.log', 'needsApproval'],
    ['a plain list', 'GET', '/api/v1/pods', 'allow'],
    ['a dry run', 'PATCH', '/apis/apps/v1/namespaces/shop/deployments/web?dryRun=All', 'allow'],
    ['a program in a container, called a dry run', 'POST', '/api/v1/namespaces/shop/pods/web/exec?dryRun=All', 'needsApproval'],
  ])('%s: an agent alone gets %s %s decided as it is', (_name, method, target, expectation) => {
    const judged = { info: requestInfo(method, target), query: new URLSearchParams(target.split('?')[1] ?? ''), body: undefined };
    expect(said(decide(actor('agent', permissions), { request: realRequest(judged, protection), cluster: live }))).toBe(expectation);
  });
});

describe('what is protected', () => {
  const operator = actor(
    'person',
    permissions.filter((permission) => permission !== 'cluster.protected'),
  );

  // Each is a way to the rights of the workbench's own login, or to what every namespace stands on.
  it.each([
    ['a grant for the whole cluster', 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', undefined, 'FORBIDDEN'],
    ['a grant in one namespace', 'POST', '/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings', undefined, 'FORBIDDEN'],
    ['a webhook', 'PUT', '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/gate', undefined, 'FORBIDDEN'],
    ['a credential of a service account', 'POST', '/api/v1/namespaces/shop/serviceaccounts/default/token', undefined, 'FORBIDDEN'],
    ['a pod that is root on its node', 'POST', '/api/v1/namespaces/shop/pods', rootPod, 'FORBIDDEN'],
    ['the end of a volume', 'DELETE', '/api/v1/persistentvolumes/data', undefined, 'FORBIDDEN'],
    ['the end of a definition', 'DELETE', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/a.b', undefined, 'FORBIDDEN'],
    ['an ordinary pod', 'POST', '/api/v1/namespaces/shop/pods', { spec: { containers: [{ name: 'app', image: 'app:1' }] } }, 'allow'],
    ['cordoning a node', 'PATCH', '/api/v1/nodes/n1', { spec: { unschedulable: true } }, 'allow'],
    ['deleting a Deployment', 'DELETE', '/apis/apps/v1/namespaces/shop/deployments/web', undefined, 'allow'],
  ])('%s, for a person without cluster.protected', (_name, method, target, body, expectation) => {
    const request = realRequest({ info: requestInfo(method, target), query: new URLSearchParams(), body }, protectionOf({}));
    expect(said(decide(operator, { request, cluster: live }))).toBe(expectation);
  });
});

describe('the gate', () => {
  it('is asked in exactly two places: the route wrapper and the tool wrapper', () => {
    const source = join(import.meta.dirname, '..');
    const callers = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== join('gate', 'decide.ts') && !file.startsWith('testing'))
      .flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/\bdecide\s*\(/g)].map(() => file));
    expect(callers.sort()).toEqual([join('mcp', 'define-tool.ts'), join('routes', 'admit.ts')]);
  });

  it('takes production and protected namespaces from the environment', () => {
    const { isProduction, namespaces } = protectionOf({ QUARTERDECK_PRODUCTION: 'live-*, billing', QUARTERDECK_PROTECTED_NAMESPACES: 'kube-system,vault' });
    expect(['live-eu', 'billing', 'alive-eu', 'billing2'].map(isProduction)).toEqual([true, true, false, false]);
    expect([...namespaces]).toEqual(['kube-system', 'vault']);
  });
});

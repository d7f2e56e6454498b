import { type Issue, refTo, type Topology } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { fromYaml } from '../testing/from-yaml.ts';
import { brokenCluster, healthyCluster } from '../testing/small-cluster.ts';
import { testView } from '../testing/test-view.ts';
import { topologyAround, topologyOf } from './topology.ts';

const all = { issues: [], isShown: () => true };
const nothing = { namespaces: [], also: new Set<never>() };

function drawn({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>): { nodes: string[]; edges: string[] } {
  const names = new Map(nodes.map(({ id, object }) => [id, `${object.kind}/${object.name}`]));
  return {
    nodes: nodes.map(({ id, state, stateText }) => `${names.get(id)} ${state} ${stateText}`.trimEnd()).sort(),
    edges: edges.map(({ from, to, type, label, state }) => `${names.get(from)} ${type} ${names.get(to)} ${label} ${state}`.replace(/ {2,}/g, ' ')).sort(),
  };
}

describe('topologyOf', () => {
  it('leads from the entry over Services to workloads, and on to what their configuration calls', () => {
    const { view } = testView(healthyCluster());
    expect(drawn(topologyOf(view, nothing, all)).edges).toEqual([
      'Deployment/web calls Service/catalog :80 ok',
      'Deployment/web calls Service/db :5432 ok',
      'Ingress/web routes Service/web / :80 ok',
      'Service/catalog selects Deployment/catalog :80 → 8080 ok',
      'Service/db selects Deployment/db :5432 → 8080 ok',
      'Service/web selects Deployment/web :80 → 8080 ok',
    ]);
  });

  it('shows policies, configuration and pods where they are asked for', () => {
    const { view } = testView(healthyCluster());
    const { nodes, edges } = topologyOf(view, { namespaces: ['shop'], also: new Set(['policies', 'config', 'pods'] as const) }, all);
    expect(drawn({ nodes, edges }).edges).toEqual(
      expect.arrayContaining([
        'NetworkPolicy/open guards Deployment/web ok',
        'Deployment/web uses ConfigMap/web-settings ok',
        expect.stringMatching(/^Deployment\/web owns Pod\/web-\S+ ok$/),
      ]),
    );
    expect(nodes.find(({ role }) => role === 'policy')?.note).toBe('lets in anyone');
  });

  it('says of an edge why nothing comes through', () => {
    const { view } = testView(brokenCluster());
    const { edges } = topologyOf(view, nothing, all);
    const reasons = edges.flatMap(({ type, reason }) => (reason === null ? [] : [`${type}: ${reason}`]));
    expect(reasons).toEqual(expect.arrayContaining(['calls: Service db: no ready pod', 'selects: no ready pod']));
  });

  it('marks calls that a policy stops, and names the policy', () => {
    const policy = fromYaml(
      'kind: NetworkPolicy\nmetadata: {name: closed}\nspec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: admin}}}]}]}',
    );
    const { view } = testView([...healthyCluster().filter(({ kind }) => kind !== 'NetworkPolicy'), ...policy]);
    const blocked = topologyOf(view, nothing, all).edges.filter(({ state }) => state === 'blocked');
    expect(blocked.map(({ reason }) => reason)).toEqual(['Into it, NetworkPolicy closed allows pods app=admin']);
  });

  it('marks what is missing, and the part that an issue has in it', () => {
    const { view } = testView(healthyCluster().filter(({ kind, metadata }) => kind !== 'Service' || metadata.name !== 'db'));
    const cause = refTo('Service', 'shop', 'db');
    const issue: Issue = {
      id: 'i1',
      title: 'Service db does not exist',
      severity: 'high',
      kind: 'Service',
      namespace: 'shop',
      name: 'db',
      detectedAt: '',
      cause,
      explanation: '',
      mechanism: '',
      confidence: 'certain',
      evidence: [],
      affected: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }],
    };
    const { nodes, edges } = topologyOf(view, nothing, { ...all, issues: [issue] });
    const of = (name: string) => nodes.find(({ object }) => `${object.kind}/${object.name}` === name);
    expect(of('Service/db')).toMatchObject({ exists: false, state: 'missing', issue: { id: 'i1', cause: true } });
    expect(of('Deployment/web')).toMatchObject({ state: 'high', issue: { id: 'i1', cause: false } });
    expect(edges.find(({ reason }) => reason !== null)).toMatchObject({ state: 'broken', reason: 'Service db does not exist' });
  });

  it('names nothing that may not be shown', () => {
    const { view } = testView(healthyCluster());
    const drawing = topologyOf(view, nothing, { ...all, isShown: ({ name }) => name !== 'db' });
    expect(JSON.stringify(drawing)).not.toContain('db');
  });

  it('folds what is too much into namespaces, and says so', () => {
    const many = Array.from(
      { length: 520 },
      (_, i) => `kind: Service\nmetadata: {name: s${i}, namespace: team-${i % 3}}\nspec: {clusterIP: 10.1.${i % 250}.${i % 200}}`,
    );
    const { view } = testView([...healthyCluster(), ...fromYaml(many.join('\n---\n'))]);
    const { nodes, grouped, leftOut } = topologyOf(view, nothing, all);
    expect(grouped).toBe(true);
    expect(nodes.map(({ object, members }) => [object.name, members])).toEqual(expect.arrayContaining([['shop', 7]]));
    expect(leftOut[0]).toMatch(/^527 objects/);
    expect(topologyOf(view, { ...nothing, namespaces: ['shop'] }, all).grouped).toBe(false);
  });
});

it('shows what stands around an object, for a pod what stands around its workload', () => {
  const { view } = testView(healthyCluster());
  const [pod] = view.list('Pod').filter(({ metadata }) => metadata.name.startsWith('db'));
  const around = topologyAround(view, refTo('Pod', 'shop', pod?.metadata.name ?? ''), all);
  expect(drawn(around).nodes.map((node) => node.split(' ')[0])).toEqual(
    expect.arrayContaining(['Deployment/db', 'Service/db', 'Deployment/web', 'NetworkPolicy/open']),
  );
  expect(drawn(around).nodes.join()).not.toContain('Ingress');
  expect(topologyAround(view, refTo('Node', null, 'node-1'), all).nodes).toEqual([]);
});

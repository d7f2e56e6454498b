import { AppError } from '@quarterdeck/contract';
import { brokenCluster, fromYaml, healthyCluster } from '@quarterdeck/diagnosis/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { testCluster } from '../testing/test-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { kubernetesTools } from './kubernetes-tools.ts';

const { signal } = new AbortController();

const rolledOut = `
kind: Deployment
metadata: {name: shopfront, uid: d1, annotations: {deployment.kubernetes.io/revision: "2"}}
spec: {replicas: 1, selector: {matchLabels: {app: shopfront}}, template: {metadata: {labels: {app: shopfront}}, spec: {containers: [{name: app, image: shop:2}]}}}
status: {replicas: 1}
---
kind: ReplicaSet
metadata: {name: shopfront-1, labels: {app: shopfront}, annotations: {deployment.kubernetes.io/revision: "1"}, ownerReferences: [{kind: Deployment, name: shopfront, uid: d1}]}
spec: {replicas: 0, selector: {matchLabels: {app: shopfront}}, template: {metadata: {labels: {app: shopfront}}, spec: {containers: [{name: app, image: shop:1}]}}}
---
kind: ReplicaSet
metadata: {name: shopfront-2, labels: {app: shopfront}, annotations: {deployment.kubernetes.io/revision: "2"}, ownerReferences: [{kind: Deployment, name: shopfront, uid: d1}]}
spec: {replicas: 1, selector: {matchLabels: {app: shopfront}}, template: {metadata: {labels: {app: shopfront}}, spec: {containers: [{name: app, image: shop:2}]}}}
---
kind: ConfigMap
metadata: {name: limits, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"kind":"ConfigMap","data":{"MAX":"5"}}'}}
data: {MAX: "7"}
---
kind: Namespace
metadata: {name: other}
---
kind: ConfigMap
metadata: {name: limits, namespace: other}
---
kind: ConfigMap
metadata: {name: limits, namespace: third}
`;

const logs = { 'web-5f4d-x1/app': ['2026-05-04T11:00:00Z starting', '2026-05-04T11:00:01Z ERROR no route to db', '2026-05-04T11:00:02Z bye'] };

function tools() {
  const cluster = testCluster([...brokenCluster(), ...fromYaml(rolledOut)], { logs, namespace: 'elsewhere' });
  const all = kubernetesTools(cluster);
  return async (name: string, input: object) => {
    const tool = all.find((each) => each.name === name);
    if (tool === undefined) throw new Error(`There is no tool ${name}.`);
    return tool.run(input, signal);
  };
}

describe('the tools of a cluster', () => {
  it('have names, forms and permissions that were reviewed', async () => {
    const described = kubernetesTools(testCluster(healthyCluster())).map(({ name, permission, effect, input }) => ({
      name,
      permission,
      effect,
      fields: Object.keys(input.shape).join(' '),
    }));
    await expect(`${JSON.stringify(described, null, 1)}\n`).toMatchFileSnapshot('kubernetes-tools.golden.json');
  });

  it('list issues, open one, and plan for it', async () => {
    const call = tools();
    const list = z.object({ issues: z.array(z.looseObject({ id: z.string(), name: z.string() })) }).parse((await call('list_issues', {})).value);
    const api = list.issues.find(({ name }) => name.startsWith('api'));
    expect(api).not.toHaveProperty('evidence');
    expect((await call('get_issue', { id: api?.id })).value).toMatchObject({ name: 'api-settings', evidence: expect.any(Array), chains: expect.any(Array) });
    expect((await call('create_plan', { issueId: api?.id })).value).toMatchObject({ quickFix: { steps: expect.any(Array) } });
    expect((await call('get_timeline', { issueId: api?.id })).value).toEqual(expect.any(Array));
    await expect(call('get_issue', { id: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('list rows as a table shows them, filtered and in order', async () => {
    const { value, seen } = await tools()('list_resources', { kind: 'po', filter: 'status:crash', sort: '-name' });
    expect(value).toMatchObject({ kind: 'Pod', total: 2, items: [{ name: 'web-5f4d-x1', namespace: 'shop' }, { name: 'db-5f4d-x1' }] });
    expect(seen).toHaveLength(2);
  });

  it('find an object without its namespace where one alone has the name', async () => {
    const call = tools();
    expect((await call('get_resource', { kind: 'deploy', name: 'shopfront' })).value).toMatchObject({ metadata: { namespace: 'shop' } });
    await expect(call('get_resource', { kind: 'cm', name: 'limits' })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { namespaces: ['shop', 'other', 'third'] },
    });
    await expect(call('get_resource', { kind: 'deploy', name: 'shopfrontt' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('shopfront'),
    });
    await expect(call('get_resource', { kind: 'Deploymen', name: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('Deployment'),
    });
  });

  it('describe an object with what it has a part in', async () => {
    expect((await tools()('describe_resource', { kind: 'Pod', name: 'api-5f4d-x1' })).value).toMatchObject({
      object: 'Pod shop/api-5f4d-x1',
      issues: [{ title: expect.any(String) }],
      events: [{ reason: 'Failed' }],
      relations: expect.arrayContaining([expect.objectContaining({ relation: 'reads', to: 'ConfigMap shop/api-settings', state: 'missing' })]),
    });
  });

  it('read logs, whole or what matches, and say how much was looked at', async () => {
    const call = tools();
    expect((await call('get_logs', { name: 'web-5f4d-x1', tail: 2 })).value).toMatchObject({
      lines: [expect.stringContaining('no route'), expect.stringContaining('bye')],
      left: 1,
    });
    expect((await call('get_logs', { name: 'web-5f4d-x1', include: 'route' })).value).toMatchObject({
      lines: [expect.stringContaining('no route')],
      linesRead: 3,
    });
    expect((await call('get_logs', { name: 'web-5f4d-x1', severity: 'error' })).value).toMatchObject({ lines: [expect.stringContaining('no route')] });
  });

  it('tell events, neighbours and differences', async () => {
    const call = tools();
    expect((await call('list_events', { kind: 'pods', name: 'api-5f4d-x1' })).value).toMatchObject({
      total: 1,
      events: [{ reason: 'Failed', object: 'Pod shop/api-5f4d-x1' }],
    });
    const { value } = await call('list_neighbours', { kind: 'svc', name: 'web', depth: 2 });
    expect(value).toMatchObject({ relations: expect.arrayContaining([expect.objectContaining({ relation: 'selects', to: 'Pod shop/web-5f4d-x1' })]) });
    expect((await call('diff_resource', { kind: 'deploy', name: 'shopfront' })).value).toMatchObject({
      from: 1,
      to: 2,
      diff: { fields: [{ before: 'shop:1', after: 'shop:2' }] },
    });
    expect((await call('diff_resource', { kind: 'cm', name: 'limits', namespace: 'shop' })).value).toMatchObject({
      differences: [{ path: 'data.MAX', wanted: '5', found: '7' }],
    });
    expect((await call('get_timeline', { kind: 'deploy', name: 'shopfront' })).value).toEqual(
      expect.arrayContaining([expect.objectContaining({ source: 'change', what: expect.stringContaining('shop:1') })]),
    );
  });

  it('say what a recording can not answer', async () => {
    const call = tools();
    await expect(call('explain_field', { kind: 'deploy' })).rejects.toMatchObject({ code: 'READ_ONLY' });
    expect((await call('list_helm_releases', {})).value).toMatchObject({ state: 'notRecorded' });
    expect((await call('top', {})).value).toMatchObject({ state: 'unavailable' });
    const change = { verb: 'restart', target: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }, at: '2026-05-04T12:00:00Z' };
    await expect(call('propose_change', { change })).rejects.toMatchObject({ code: 'READ_ONLY' });
  });
});

describe('a tool', () => {
  const define = (run: (signal: AbortSignal) => Promise<unknown>, timeLimit = 1_000) =>
    defineAssistantTool({
      name: 'test',
      title: 'Test',
      description: 'Test.',
      permission: 'issue.read',
      effect: 'read',
      timeLimit,
      input: z.object({ count: z.number().default(1) }),
      run: async (_input, limited) => ({ value: await run(limited), seen: [] }),
    });

  it('refuses what it can not be called with, naming the field', async () => {
    await expect(define(async () => 1).run({ count: 'many' }, signal)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { fields: [{ path: 'count' }] },
    });
  });

  it('does not tell what it did not foresee', async () => {
    const failure = define(() => Promise.reject(new Error('password=hunter2'))).run({}, signal);
    await expect(failure).rejects.toMatchObject({ code: 'INTERNAL_ERROR', message: expect.not.stringContaining('hunter2') });
    await expect(define(() => Promise.reject(new AppError('CLUSTER_UNREACHABLE', 'refused'))).run({}, signal)).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
    });
  });

  it('ends in time, also where what it runs does not listen', async () => {
    await expect(define(() => new Promise(() => undefined), 10).run({}, signal)).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect(define(() => new Promise(() => undefined)).run({}, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

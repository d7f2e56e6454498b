import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { loadKubeconfig, systemKubeconfigSources } from '../kubeconfig/load-kubeconfig.ts';
import { ApiCostMeter } from '../transport/api-cost.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const group = `kinds-${process.pid}.example`;
const { signal } = new AbortController();

async function kubectl(args: string[], input = ''): Promise<void> {
  const running = promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args]);
  running.child.stdin?.end(input);
  await running;
}

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `widgets.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};
/** An API whose server does not exist. */
const deadApi = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: `v1.dead-${group}` },
  spec: {
    group: `dead-${group}`,
    version: 'v1',
    groupPriorityMinimum: 100,
    versionPriority: 100,
    insecureSkipTLSVerify: true,
    service: { name: 'nobody', namespace: 'default' },
  },
};

describe.skipIf(kubeconfig === '')('the kinds of the sandbox', () => {
  let access: ClusterAccess;
  let dead: string[] = [];
  const meter = new ApiCostMeter();

  beforeAll(async () => {
    const { contexts } = await loadKubeconfig({ ...systemKubeconfigSources(), file: kubeconfig });
    const [context] = contexts;
    if (context === undefined) throw new Error('no context');
    const tellDeadApis = (apis: string[]) => {
      dead = apis;
    };
    access = await openCluster(context, { followKinds: true, meter, tellDeadApis });
    await access.kinds(signal);
  });

  afterAll(async () => {
    await access.close();
    await kubectl(['delete', '--ignore-not-found', 'crd', definition.metadata.name]);
    await kubectl(['delete', '--ignore-not-found', 'apiservice', deadApi.metadata.name]);
  });

  const widgets = async () => (await access.kinds(signal)).filter(({ kind }) => kind === 'Widget').length;
  const discoveries = () => meter.report().byRequest.find(({ resource }) => resource === '/apis')?.requests ?? 0;

  it('follow their definitions, and are not asked for while nothing changes', async () => {
    await vi.waitFor(() => expect(meter.report().byRequest).toContainEqual(expect.objectContaining({ verb: 'watch', resource: 'customresourcedefinitions' })));
    await kubectl(['apply', '-f', '-'], JSON.stringify(definition));
    await vi.waitFor(async () => expect(await widgets()).toBe(1), { timeout: 30_000, interval: 200 });
    await kubectl(['delete', 'crd', definition.metadata.name]);
    await vi.waitFor(async () => expect(await widgets()).toBe(0), { timeout: 30_000, interval: 200 });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await widgets();
    const before = discoveries();
    for (let i = 0; i < 20; i += 1) await widgets();
    expect(discoveries()).toBe(before);
  });

  it('are all there but those of an API whose server is dead, which is told', async () => {
    await kubectl(['apply', '-f', '-'], JSON.stringify(deadApi));
    await kubectl(['apply', '-f', '-'], JSON.stringify(definition));
    await vi.waitFor(
      async () => {
        expect(await widgets()).toBe(1);
        expect(dead).toEqual([`dead-${group}/v1`]);
      },
      { timeout: 60_000, interval: 500 },
    );
  });
});

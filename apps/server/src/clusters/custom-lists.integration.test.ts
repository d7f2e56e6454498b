import { apiOf, type ClusterAccess, loadKubeconfig, openCluster, systemKubeconfigSources } from '@quarterdeck/cluster';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClusterRuntime } from './cluster-runtime.ts';

const namespace = `custom-lists-${process.pid}`;
const group = `lists-${process.pid}.example`;
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };

async function sandboxContext() {
  const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), file: process.env.QD_TEST_KUBECONFIG ?? '' });
  const context = contexts.find(({ id }) => id === currentContext);
  if (context === undefined) throw new Error('QD_TEST_KUBECONFIG has no usable current context.');
  return context;
}

describe('custom kinds that appear while the diagnosis runs', () => {
  let access: ClusterAccess;
  let runtime: ClusterRuntime;

  const send = (method: 'POST' | 'DELETE', path: string, body: object) =>
    apiOf(access).json({
      path,
      method,
      body: { contentType: 'application/json', text: JSON.stringify(body) },
      subject: { verb: 'create', resource: 'test', namespace },
      signal: AbortSignal.timeout(30_000),
    });

  beforeAll(async () => {
    const context = await sandboxContext();
    access = await openCluster(context);
    await send('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
    const source = { id: 'sandbox', name: 'sandbox', server: null, recordedAt: null, namespace, open: () => openCluster(context, { followKinds: true }) };
    runtime = new ClusterRuntime(source, () => undefined);
  });

  afterAll(async () => {
    await runtime.close();
    await send('DELETE', `${definitions}/kites.${group}`, {}).catch(() => undefined); // The test has removed it where it went well.
    await send('DELETE', `/api/v1/namespaces/${namespace}`, {});
    await access.close();
  });

  it('are read, and go with their definition', async () => {
    const hold = await runtime.holdIssues();
    const { feed } = hold;
    await feed.ready(AbortSignal.timeout(60_000));
    const causes = () => feed.issues().flatMap((issue) => (issue.namespace === namespace ? [`${issue.mechanism} ${issue.name}`] : []));
    expect(causes()).toEqual([]);

    const versions = [{ name: 'v1', served: true, storage: true, schema }];
    await send('POST', definitions, {
      metadata: { name: `kites.${group}` },
      spec: { group, scope: 'Namespaced', names: { kind: 'Kite', plural: 'kites' }, versions },
    });
    const conditions = [
      { type: 'Ready', status: 'False', reason: 'NoWind', message: 'secrets "string" not found', lastTransitionTime: '2026-01-05T08:00:00Z' },
    ];
    const kite = {
      apiVersion: `${group}/v1`,
      kind: 'Kite',
      metadata: { name: 'red' },
      spec: { lineRef: { kind: 'Secret', apiVersion: 'v1', name: 'string' } },
      status: { conditions },
    };
    const collection = `/apis/${group}/v1/namespaces/${namespace}/kites`;
    await expect
      .poll(
        () =>
          send('POST', collection, kite).then(
            () => true,
            () => false,
          ),
        { timeout: 30_000, interval: 500 },
      )
      .toBe(true);
    await expect.poll(causes, { timeout: 60_000, interval: 500 }).toEqual(['custom-reference-missing string']);

    await send('DELETE', `${definitions}/kites.${group}`, {});
    await expect.poll(causes, { timeout: 60_000, interval: 500 }).toEqual([]);
    hold.release();
  });
});

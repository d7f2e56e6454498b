import { apiOf, type ClusterAccess, loadKubeconfig, openCluster, systemKubeconfigSources } from '@quarterdeck/cluster';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateManifest } from './generate-manifest.ts';
import { templates } from './make-manifest.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `made-${process.pid}`;
const { signal } = new AbortController();

describe.skipIf(kubeconfig === undefined)('manifests from a description, on a real cluster', () => {
  let access: ClusterAccess;

  const send = (method: 'POST' | 'DELETE', path: string, object?: unknown): Promise<unknown> => {
    const body = object === undefined ? {} : { body: { contentType: 'application/json', text: JSON.stringify(object) } };
    return apiOf(access).json({ path, method, ...body, subject: { verb: method === 'POST' ? 'create' : 'delete', resource: path, namespace: null }, signal });
  };

  beforeAll(async () => {
    const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), file: kubeconfig ?? '' });
    const context = contexts.find(({ id }) => id === currentContext);
    if (context === undefined) throw new Error(`${kubeconfig} has no usable current context`);
    access = await openCluster(context);
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    await send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } });
    const spec = { hard: { 'requests.cpu': '2', 'limits.cpu': '4', 'requests.memory': '2Gi', 'limits.memory': '2Gi' } };
    await send('POST', `/api/v1/namespaces/${namespace}/resourcequotas`, { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'team' }, spec });
  });

  afterAll(async () => {
    await send('DELETE', `/api/v1/namespaces/${namespace}`);
    await access.close();
  });

  it.each(templates.map(({ id, example }) => [id, example]))('%s is what the cluster takes, under a quota and the restricted standard', async (_, example) => {
    const { problems, unchecked } = await generateManifest(access, example, { namespace, signal });
    expect(problems.filter(({ advice }) => !advice)).toEqual([]);
    // Only what lies in a namespace that is made with it can't be tried.
    expect(unchecked.filter((text) => !text.includes('its namespace is created with it'))).toEqual([]);
  });

  it('says what it repaired so that the pods are let in', async () => {
    const { repaired } = await generateManifest(access, 'a web app from nginx:1.27', { namespace, signal });
    expect(repaired).toEqual([expect.stringMatching(/restricted Pod Security Standard/), expect.stringMatching(/limits that a quota asks for/)]);
  });
});

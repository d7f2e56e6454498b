import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Topology, topologySchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';

describe.skipIf(kubeconfig === '')('the topology of the sandbox cluster', () => {
  let folder: string;
  let server: RunningServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-topology-'));
    const log = pino({ level: 'silent' });
    const options = { bundle: null, kubeconfig, context: null, stateDirectory: folder };
    server = await startServer({ ...options, clusters: await findClusterSources(options, log), port: 0, version: '0.0.0', log });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function get(path: string): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { authorization: `Bearer ${server.token}` } });
    return response.json();
  }

  it('leads from the DNS Service to its Deployment and, where it is asked for, to pods and configuration', async () => {
    const plain = topologySchema.parse(await get('/api/topology?namespaces=kube-system'));
    expect(lines(plain)).toContain('Service kube-dns selects Deployment coredns');
    expect(lines(plain).join()).not.toMatch(/ owns | uses /);
    const more = lines(topologySchema.parse(await get('/api/topology?namespaces=kube-system&also=pods,config')));
    expect(more).toContain('Deployment coredns uses ConfigMap coredns');
    expect(more.join()).toMatch(/Deployment coredns owns Pod coredns-/);
  });

  it('shows what stands around an object, and refuses what it does not know', async () => {
    const around = topologySchema.parse(await get('/api/topology/around?kind=Service&namespace=kube-system&name=kube-dns'));
    expect(lines(around)).toEqual(expect.arrayContaining(['Service kube-dns selects Deployment coredns', 'Deployment coredns uses ConfigMap coredns']));
    expect(await get('/api/topology/around?kind=Node&name=nowhere')).toMatchObject({ nodes: [], edges: [] });
    expect(await get('/api/topology?also=everything')).toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});

function lines({ nodes, edges }: Topology): string[] {
  const names = new Map(nodes.map(({ id, object }) => [id, `${object.kind} ${object.name}`]));
  return edges.map(({ from, to, type }) => `${names.get(from)} ${type} ${names.get(to)}`);
}

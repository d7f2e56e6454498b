import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { selfSignedCertificate } from '@quarterdeck/cluster/testing/certificate';
import { testPrograms } from '@quarterdeck/cluster/testing/programs';
import { actPageSchema, relationsSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const namespace = `object-routes-${process.pid}`;
const { certificate, key } = selfSignedCertificate('lamps.example.com', 48);
const metadata = (name: string) => ({ name, namespace });
const container = { name: 'app', image: 'local/busybox:1', command: ['sleep', '86400'], envFrom: [{ secretRef: { name: 'login' } }] };
const template = { metadata: { labels: { app: 'web' } }, spec: { terminationGracePeriodSeconds: 0, containers: [container] } };

const objects = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  { apiVersion: 'v1', kind: 'Secret', metadata: metadata('login'), stringData: { phrase: 'correct horse' } },
  { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: metadata('site'), stringData: { 'tls.crt': certificate, 'tls.key': key } },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata('web'), spec: { selector: { matchLabels: { app: 'web' } }, template } },
];

describe.skipIf(kubeconfig === '')('one object over HTTP', () => {
  let folder: string;
  let server: RunningServer;

  const kubectl = async (...args: string[]) => promisify(execFile)((await testPrograms()).kubectl, ['--kubeconfig', kubeconfig, ...args]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-objects-'));
    const file = join(folder, 'objects.json');
    await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    await kubectl('apply', '-f', file);
    const log = pino({ level: 'silent' });
    const options = { bundle: null, kubeconfig, context: null, stateDirectory: folder };
    server = await startServer({ ...options, clusters: await findClusterSources(options, log), port: 0, version: '0.0.0', log });
  });
  afterAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function send(path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers, ...sent });
    return { status: response.status, body: await response.json() };
  }

  it('has its relations, down to the pods and to the Secret that it reads', { timeout: 60_000 }, async () => {
    const read = async () => relationsSchema.parse((await send(`/api/relations?kind=Deployment&namespace=${namespace}&name=web`)).body);
    await expect.poll(async () => (await read()).owned.map(({ object }) => object.kind), { timeout: 50_000, interval: 1_000 }).toEqual(['ReplicaSet', 'Pod']);
    const { neighbours } = await read();
    expect(neighbours).toContainEqual(
      expect.objectContaining({ type: 'reads', direction: 'out', object: expect.objectContaining({ kind: 'Secret', name: 'login' }) }),
    );
  });

  it('has a history of who made it, and an empty one where it is not there', async () => {
    expect((await send(`/api/resources/history?kind=Secret&namespace=${namespace}&name=login`)).body).toMatchObject([{ source: 'change', what: 'created' }]);
    expect((await send(`/api/resources/history?kind=Secret&namespace=${namespace}&name=none`)).body).toEqual([]);
  });

  it('shows a value of a Secret once it is written down, and a certificate without its key', async () => {
    const place = { namespace, name: 'login', key: 'phrase' };
    expect((await send('/api/secrets/reveal', place)).body).toEqual({ encoding: 'text', value: 'correct horse', bytes: 13 });
    expect((await send('/api/secrets/reveal', { ...place, key: 'none' })).status).toBe(404);
    const page = await send(`/api/audit?action=secret&namespace=${namespace}`);
    expect(actPageSchema.parse(page.body).acts.map(({ result }) => result?.outcome)).toEqual(['failed', 'done']);
    expect(JSON.stringify(page.body)).not.toContain('correct horse');
    const told = await send(`/api/secrets/certificates?namespace=${namespace}&name=site`);
    expect(told.body).toMatchObject({ certificates: [{ key: 'tls.crt', subject: 'CN=lamps.example.com', keyMatches: true }], unread: [] });
    expect(JSON.stringify(told.body)).not.toContain('PRIVATE');
  });
});

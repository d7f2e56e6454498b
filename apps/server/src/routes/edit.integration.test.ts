import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testPrograms } from '@quarterdeck/cluster/testing/programs';
import { checkedManifestsSchema, editPlanSchema, kindSchemaSchema, manifestFormSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import * as z from 'zod';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const namespace = `edit-routes-${process.pid}`;
const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'first' };
const manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
  },
};
const readSchema = z.object({ object: z.record(z.string(), z.unknown()) });

describe.skipIf(kubeconfig === '')('editing over HTTP', () => {
  let folder: string;
  let server: RunningServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-edit-'));
    const log = pino({ level: 'silent' });
    const options = { bundle: null, kubeconfig, context: null, stateDirectory: folder };
    server = await startServer({ ...options, clusters: await findClusterSources(options, log), port: 0, version: '0.0.0', log });
    await kubectl('create', 'namespace', namespace);
  });
  afterAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function kubectl(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)((await testPrograms()).kubectl, ['--kubeconfig', kubeconfig, ...args]);
    return stdout;
  }

  async function send(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${server.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: await response.json() };
  }
  const read = async () => readSchema.parse((await send('GET', `/api/resources/object?kind=Deployment&namespace=${namespace}&name=first`)).body).object;

  it('gives the schema of a kind and nothing of others, and says which kind it does not know', async () => {
    const { body } = await send('GET', '/api/schemas?apiVersion=apps/v1&kind=Deployment');
    const { definitions, root } = kindSchemaSchema.parse(body);
    expect(definitions[root]?.properties).toHaveProperty('spec');
    expect(definitions['io.k8s.api.core.v1.Container']?.required).toEqual(['name']);
    expect(Object.keys(definitions).filter((name) => name.includes('StatefulSet'))).toEqual([]);
    expect(JSON.stringify(body).length).toBeLessThan(600_000);
    expect((await send('GET', '/api/schemas?apiVersion=apps/v1&kind=Deploymint')).status).toBe(404);
  });

  it('makes of an edit an apply of what differs, and tells whose field it takes', async () => {
    await kubectl('create', 'deployment', 'first', '--image=web:1', '--replicas=0', `--namespace=${namespace}`);
    // The controller notes its first revision in an annotation: that is a change of the content, a status is none.
    await kubectl('wait', '--for=jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}=1', 'deployment/first', `--namespace=${namespace}`);
    const base = await read();
    const edited = { ...base, spec: { ...z.record(z.string(), z.unknown()).parse(base.spec), paused: true, replicas: 1 } };
    const { change, conflicts } = editPlanSchema.parse((await send('POST', '/api/changes/edit', { target, base, edited })).body);
    expect(change).toMatchObject({ verb: 'apply', manifest: { metadata: { name: 'first', namespace }, spec: { paused: true, replicas: 1 } } });
    expect(conflicts).toMatchObject([{ manager: 'kubectl-create', fields: ['.spec.replicas'] }]);
    const condition = { type: 'Seen', status: 'True', reason: 'Test', message: 'by a controller' };
    await kubectl(
      'patch',
      'deployment',
      'first',
      '--subresource=status',
      '--type=merge',
      `--namespace=${namespace}`,
      '-p',
      JSON.stringify({ status: { conditions: [condition] } }),
    );
    expect((await send('POST', '/api/changes/edit', { target, base, edited })).status).toBe(200);
    await kubectl('label', 'deployment', 'first', 'moved=yes', `--namespace=${namespace}`);
    expect((await send('POST', '/api/changes/edit', { target, base, edited })).status).toBe(409);
  });

  it('says of each document what would come of it, in the order to apply them', async () => {
    const text = [
      { ...manifest, metadata: { name: 'other', namespace: `${namespace}-new` } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace }, data: { size: 5 } },
      { ...manifest, metadata: { name: 'second', namespace } },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `${namespace}-new` } },
    ]
      .map((each) => stringify(each))
      .join('---\n');
    const { documents } = checkedManifestsSchema.parse((await send('POST', '/api/manifests/check', { text })).body);
    expect(documents.map(({ change: { target: made }, outcome }) => [made.kind, made.name, outcome])).toEqual([
      ['Namespace', `${namespace}-new`, 'created'],
      ['ConfigMap', 'settings', 'refused'],
      ['Deployment', 'other', 'untried'],
      ['Deployment', 'second', 'created'],
    ]);
    expect(documents[1]?.problems[0]?.message).toContain('size');
    expect(documents[3]?.problems.some(({ source, advice }) => source === 'policy' && advice)).toBe(true);
  });

  it('has forms whose manifests the cluster takes', async () => {
    const forms = z.array(manifestFormSchema).parse((await send('GET', '/api/manifests/forms')).body);
    for (const { id, parts } of forms) {
      const text = parts
        .map((part) => stringify(part.manifest))
        .join('---\n')
        .replaceAll('namespace: default', `namespace: ${namespace}`);
      const { documents } = checkedManifestsSchema.parse((await send('POST', '/api/manifests/check', { text, namespace })).body);
      expect(
        documents.filter(({ outcome }) => outcome === 'refused').flatMap(({ problems }) => problems),
        id,
      ).toEqual([]);
    }
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testPrograms } from '@quarterdeck/cluster/testing/programs';
import { type HelmEvent, helmDiffSchema, helmEventSchema, helmReleaseListSchema, metricsHistorySchema, metricsNowSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const namespace = `helm-routes-${process.pid}`;
const release = `/api/helm/releases/${namespace}/lamp`;
const chart = join(import.meta.dirname, '../../../../packages/cluster/src/helm/testdata/lantern');

describe.skipIf(kubeconfig === '')('Helm and metrics over HTTP', () => {
  let folder: string;
  let server: RunningServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-helm-'));
    vi.stubEnv('HELM', (await testPrograms()).helm);
    const log = pino({ level: 'silent' });
    const options = { bundle: null, kubeconfig, context: null, stateDirectory: folder };
    server = await startServer({ ...options, clusters: await findClusterSources(options, log), port: 0, version: '0.0.0', log });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    const { kubectl } = await testPrograms();
    await promisify(execFile)(kubectl, ['--kubeconfig', kubeconfig, 'delete', 'namespace', namespace, '--wait=false']);
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function send(method: string, path: string, body?: object): Promise<string> {
    const headers = { authorization: `Bearer ${server.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return response.text();
  }
  const get = async (path: string): Promise<unknown> => JSON.parse(await send('GET', path));

  async function run(path: string, body: object): Promise<HelmEvent[]> {
    const lines = (await send('POST', path, body)).trim().split('\n');
    return lines.map((line) => helmEventSchema.parse(JSON.parse(line)));
  }

  it('installs, upgrades, compares and uninstalls, told as it happens', async () => {
    expect(await get('/api/helm/program')).toMatchObject({ state: 'found', version: expect.stringMatching(/^v\d/) });
    const installed = await run(`${release}/install`, { chart, createNamespace: true });
    expect(installed.at(-1)).toMatchObject({ type: 'ended', succeeded: true });
    expect(installed.some(({ type }) => type === 'called')).toBe(true);
    expect(JSON.parse(await send('POST', `${release}/preview-upgrade`, { chart, values: 'mode: storm' }))).toMatchObject({ diff: { unchanged: 2 } });
    expect((await run(`${release}/upgrade`, { chart, values: 'mode: storm' })).at(-1)).toMatchObject({ succeeded: true });
    const diff = helmDiffSchema.parse(await get(`${release}/diff?from=1`));
    expect(diff.manifest).toMatchObject([{ change: 'changed', object: { kind: 'ConfigMap' } }]);
    expect(await get(`${release}/objects`)).toMatchObject([1, 2, 3].map(() => ({ state: 'present', differences: [] })));
    expect(await get(`${release}?revision=1`)).toMatchObject({ revision: 1, hooks: [{ name: 'lamp-before' }] });
    expect((await run(`${release}/rollback`, { revision: 1 })).at(-1)).toMatchObject({ succeeded: true });
    expect(await get(`${release}/history`)).toMatchObject([{ revision: 3, status: 'deployed' }, { revision: 2 }, { revision: 1 }]);
    const list = helmReleaseListSchema.parse(await get('/api/helm/releases'));
    expect(list.state === 'read' && list.releases.map(({ name }) => name)).toContain('lamp');
    expect((await run(`${release}/uninstall`, {})).at(-1)).toMatchObject({ succeeded: true });
    expect(await get(`${release}/history`)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses what would be an option of Helm', async () => {
    expect(JSON.parse(await send('POST', `${release}/install`, { chart: '--post-renderer=sh' }))).toMatchObject({ code: 'VALIDATION_ERROR' });
    expect(await get('/api/helm/releases/shop/-lamp/history')).toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  it('shows what is used, since when, and where it is known from', async () => {
    const now = metricsNowSchema.parse(await get('/api/metrics/now?of=nodes'));
    expect(now).toMatchObject({ state: 'available', source: 'metrics-server', notes: [] });
    const history = metricsHistorySchema.parse(await get('/api/metrics/history?target=cluster&metric=memory'));
    if (history.state === 'unavailable') throw new Error(history.reason);
    expect(history.points.at(-1)?.[1]).toBeGreaterThan(0);
    expect(await get('/api/metrics/history?target=pod&metric=cpu&namespace=shop')).toMatchObject({
      code: 'VALIDATION_ERROR',
      error: expect.stringContaining('name'),
    });
    expect(await get('/api/metrics/sources')).toMatchObject([{ id: 'metrics-server', state: 'available' }, { id: 'prometheus' }]);
  });
});

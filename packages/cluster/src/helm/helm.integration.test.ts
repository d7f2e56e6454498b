import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type HelmEvent, helmInstallSchema, helmRollbackSchema, helmTestSchema, helmUninstallSchema, helmUpgradeSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { unrecorded } from '../acts/record-act.ts';
import { withChildKubeconfig } from '../proxy/child-kubeconfig.ts';
import { sandboxContext } from '../testing/sandbox-context.ts';
import { type TestPrograms, testPrograms } from '../testing/test-programs.ts';
import type { HelmOperation } from './helm-arguments.ts';
import { type HelmMachine, helmEvents, helmPreview } from './helm-operations.ts';
import { HelmReleases } from './helm-releases.ts';

const namespace = `helm-${process.pid}`;
const target = { name: 'lamp', namespace };
const chart = join(import.meta.dirname, 'testdata', 'lantern');
const { signal } = new AbortController();

describe.skipIf(process.env.QD_TEST_KUBECONFIG === undefined)('Helm on the sandbox cluster', () => {
  let access: ClusterAccess;
  let programs: TestPrograms;
  let releases: HelmReleases;
  let machine: HelmMachine;

  beforeAll(async () => {
    access = await openCluster(await sandboxContext());
    programs = await testPrograms();
    releases = new HelmReleases(access);
    machine = { environment: { PATH: process.env.PATH, HOME: '/nowhere', HELM: programs.helm }, platform: 'linux', authorize: () => null };
  });
  afterAll(async () => {
    await send('DELETE', `/api/v1/namespaces/${namespace}`);
    await access.close();
  });

  async function send(method: 'POST' | 'PATCH' | 'DELETE', path: string, object?: object): Promise<void> {
    const body =
      object === undefined
        ? {}
        : { body: { contentType: method === 'PATCH' ? 'application/merge-patch+json' : 'application/json', text: JSON.stringify(object) } };
    await apiOf(access).json({ path, method, ...body, subject: { verb: 'create', resource: path, namespace }, signal });
  }

  async function run(operation: HelmOperation): Promise<HelmEvent[]> {
    const events: HelmEvent[] = [];
    for await (const event of await helmEvents(access, operation, machine, { acts: unrecorded, signal })) events.push(event);
    return events;
  }

  const upgrade = (values: string, more: object = {}): Extract<HelmOperation, { do: 'upgrade' }> => ({
    do: 'upgrade',
    input: helmUpgradeSchema.parse({ ...target, chart, values, wait: true, ...more }),
  });

  it('previews an install, and changes nothing for it', async () => {
    const input = helmInstallSchema.parse({ ...target, chart, createNamespace: true });
    const preview = await helmPreview(access, releases, { do: 'install', input }, machine, signal);
    expect(preview).toMatchObject({ chart: { name: 'lantern', version: '1.0.0' }, diff: { unchanged: 0, from: 'nothing: it is not installed' } });
    expect(preview.diff.manifest.map(({ change, object }) => `${change} ${object.kind}`)).toEqual(['added Secret', 'added ConfigMap', 'added Deployment']);
    await expect(
      apiOf(access).json({ path: `/api/v1/namespaces/${namespace}`, subject: { verb: 'get', resource: 'namespaces', namespace }, signal }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('installs, and tells what it does to the cluster', async () => {
    const input = helmInstallSchema.parse({ ...target, chart, createNamespace: true, wait: true, values: 'auth: { password: hunter2-geheim }' });
    const events = await run({ do: 'install', input });
    expect(events.at(-1)).toEqual({ type: 'ended', succeeded: true, message: `${namespace}/lamp is installed.` });
    expect(events).toContainEqual({ type: 'called', verb: 'patch', resource: 'deployments', namespace, name: 'lamp', status: 201 });
    expect(JSON.stringify(events)).not.toContain('hunter2-geheim');
    const listed = await releases.list(namespace, { charts: true, signal });
    expect(listed).toMatchObject({
      state: 'read',
      releases: [{ name: 'lamp', revision: 1, status: 'deployed', chart: { name: 'lantern', appVersion: '2026.1' } }],
    });
  });

  it('previews an upgrade against the present revision, does it, and compares both', async () => {
    const operation = upgrade('mode: storm\nauth: { password: another-secret }');
    const preview = await helmPreview(access, releases, operation, machine, signal);
    expect((await run(operation)).at(-1)).toMatchObject({ succeeded: true });
    const diff = await releases.diff(target, 1, 2, signal);
    expect(diff.manifest.map(({ change, object }) => `${change} ${object.kind}`)).toEqual(['changed Secret', 'changed ConfigMap']);
    expect(preview.diff.manifest).toEqual(diff.manifest);
    expect(diff.manifest[1]?.diff.text).toContain('-  mode: "steady"\n+  mode: "storm"\n');
    const release = await releases.release(target, null, signal);
    expect(release).toMatchObject({ revision: 2, notes: expect.stringContaining('storm'), hooks: [{ name: 'lamp-before', lastPhase: 'Succeeded' }] });
    expect(JSON.stringify([preview, diff, release])).not.toMatch(/hunter2|another-secret|change-me/);
    expect(release.values.all).toContain('user: keeper');
  });

  it('tells which objects are there, how they are, and which are gone', async () => {
    await send('DELETE', `/api/v1/namespaces/${namespace}/configmaps/lamp-settings`);
    await send('PATCH', `/apis/apps/v1/namespaces/${namespace}/deployments/lamp/scale`, { spec: { replicas: 2 } });
    const objects = await releases.objects(target, Date.now(), signal);
    expect(objects.map(({ differences }) => differences)).toEqual([[], [], [{ path: 'spec.replicas', wanted: '1', found: '2' }]]);
    expect(objects.map(({ object, state, health }) => [object.kind, state, health?.state ?? null])).toEqual([
      ['Secret', 'present', 'healthy'],
      ['ConfigMap', 'missing', null],
      ['Deployment', 'present', expect.any(String)],
    ]);
  });

  it('tells that somebody else changed it since, and takes it over when it is told to', async () => {
    const values = 'mode: storm\nreplicas: 1';
    expect((await run(upgrade(values))).at(-1)).toMatchObject({ succeeded: false, message: expect.stringContaining('.spec.replicas') });
    expect((await run(upgrade(values, { forceConflicts: true, set: ['mode=calm'] }))).at(-1)).toMatchObject({ succeeded: true });
    expect((await releases.release(target, null, signal)).values.user).toContain('mode: calm');
    expect((await releases.objects(target, Date.now(), signal)).flatMap(({ differences }) => differences)).toEqual([]);
  });

  it('tells why an upgrade failed, and rolls back', async () => {
    const events = await run(upgrade('image: local/there-is-none:1', { timeoutSeconds: 4 }));
    expect(events.at(-1)).toMatchObject({ type: 'ended', succeeded: false, message: expect.stringContaining('not ready') });
    expect((await run({ do: 'rollback', input: helmRollbackSchema.parse({ ...target, revision: 2, wait: true }) })).at(-1)).toMatchObject({ succeeded: true });
    const history = await releases.history(target, signal);
    expect(history.map(({ revision, status }) => [revision, status])).toEqual([
      [6, 'deployed'],
      [5, 'failed'],
      [4, 'superseded'],
      [3, 'failed'],
      [2, 'superseded'],
      [1, 'superseded'],
    ]);
  });

  it('shows a record that is broken beside those that are not', async () => {
    const labels = { owner: 'helm', name: 'wreck', status: 'deployed', version: '1' };
    await send('POST', `/api/v1/namespaces/${namespace}/secrets`, {
      metadata: { name: 'sh.helm.release.v1.wreck.v1', labels },
      type: 'helm.sh/release.v1',
      data: { release: btoa(gzipSync('{"name":"wreck"}').toString('base64')) },
    });
    const listed = await releases.list(namespace, { charts: true, signal });
    expect(listed).toMatchObject({
      releases: [
        { name: 'lamp', problem: null },
        { name: 'wreck', problem: expect.stringContaining('broken'), chart: null },
      ],
    });
    await expect(releases.release({ name: 'wreck', namespace }, null, signal)).rejects.toMatchObject({ code: 'CLUSTER_ERROR' });
  });

  it('reads and changes releases that Helm keeps in ConfigMaps', async () => {
    const old = { name: 'old', namespace };
    await withChildKubeconfig(access, { authorize: () => null, namespace }, (child) =>
      promisify(execFile)(programs.helm, ['install', 'old', chart], { env: { ...child.environment, HOME: child.folder, HELM_DRIVER: 'configmap' } }),
    );
    expect(await releases.release(old, null, signal)).toMatchObject({ storage: 'ConfigMap', revision: 1 });
    expect((await run({ do: 'uninstall', input: helmUninstallSchema.parse(old) })).at(-1)).toMatchObject({ succeeded: true });
    await expect(releases.history(old, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes charts from a repository, by its address or from the list of the person', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-charts-'));
    const helm = (...args: string[]) => promisify(execFile)(programs.helm, args, { cwd: folder, env: { PATH: process.env.PATH, HOME: folder } });
    await helm('package', chart);
    const server = createServer((request, response) => {
      createReadStream(join(folder, basename(request.url ?? '')))
        .on('error', () => response.writeHead(404).end())
        .pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const repository = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    try {
      await helm('repo', 'index', '.', '--url', repository);
      await helm('repo', 'add', 'harbour', repository);
      const own = { ...machine, environment: { ...machine.environment, HOME: folder } };
      const [byAddress, byName] = await Promise.all(
        [
          { chart: 'lantern', repository },
          { chart: 'harbour/lantern', version: '^1.0' },
        ].map((source) => {
          const input = helmInstallSchema.parse({ name: 'fetched', namespace, ...source });
          return helmPreview(access, releases, { do: 'install', input }, own, signal);
        }),
      );
      expect(byAddress).toMatchObject({ chart: { name: 'lantern', version: '1.0.0' } });
      expect(byName).toMatchObject({ chart: { name: 'lantern', version: '1.0.0' } });
    } finally {
      server.close();
      await rm(folder, { recursive: true });
    }
  });

  it('stops in an orderly way when it is told to', async () => {
    const stop = new AbortController();
    const input = helmInstallSchema.parse({ name: 'halted', namespace, chart, values: 'image: local/there-is-none:1', wait: true });
    const events: HelmEvent[] = [];
    for await (const event of await helmEvents(access, { do: 'install', input }, machine, { acts: unrecorded, signal: stop.signal })) {
      events.push(event);
      if (event.type === 'called' && event.resource === 'deployments') stop.abort();
    }
    expect(events.at(-1)).toEqual({ type: 'ended', succeeded: false, message: `The install of ${namespace}/halted was interrupted.` });
    expect(await releases.history({ name: 'halted', namespace }, signal)).toMatchObject([{ status: 'failed' }]);
    await run({ do: 'uninstall', input: helmUninstallSchema.parse({ name: 'halted', namespace }) });
  });

  it('refuses what it can say before it starts', async () => {
    await expect(helmEvents(access, upgrade('just text'), machine, { acts: unrecorded, signal })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await expect(helmEvents(access, upgrade('', { chart: './lantern' }), machine, { acts: unrecorded, signal })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    await expect(helmPreview(access, releases, upgrade('auth: { password: <hidden 1a2b3c> }'), machine, signal)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('hidden'),
    });
    const none = { ...machine, environment: { PATH: '/nowhere' } };
    await expect(helmEvents(access, upgrade(''), none, { acts: unrecorded, signal })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      hint: expect.stringContaining('helm.sh'),
    });
    await expect(helmPreview(access, releases, upgrade('', { chart: '/no/such/chart' }), machine, signal)).rejects.toMatchObject({
      code: 'CLUSTER_ERROR',
    });
  });

  it('runs the tests that a chart brings, of which this one has none', async () => {
    expect((await run({ do: 'test', input: helmTestSchema.parse(target) })).at(-1)).toMatchObject({ succeeded: true, message: `${namespace}/lamp is tested.` });
  });

  it('uninstalls', async () => {
    expect((await run({ do: 'uninstall', input: helmUninstallSchema.parse(target) })).at(-1)).toMatchObject({ succeeded: true });
    expect(await releases.list(namespace, { charts: false, signal })).toMatchObject({ releases: [{ name: 'wreck' }] });
  });
});

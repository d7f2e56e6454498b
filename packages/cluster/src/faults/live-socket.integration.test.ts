import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Cluster, livePath, type ServerFrame, serverFrameSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { FaultyCluster } from '../testing/faulty-cluster.ts';
import { sandboxContext } from '../testing/sandbox-context.ts';
import { sendObject } from '../testing/send-object.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `faults-live-${process.pid}`;
const main = path.join(import.meta.dirname, '..', '..', '..', '..', 'apps', 'server', 'src', 'main.ts');

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 50 });

/** What a page knows that follows the ConfigMaps and the clusters on the live socket. */
class Page {
  /** The rows in their order, by name. */
  names: string[] = [];
  cluster: Cluster | null = null;
  /** Every state of the cluster with its reason, as they came. */
  readonly states: string[] = [];
  private readonly rows = new Map<string, string>();

  take(frame: ServerFrame): void {
    if (frame.type === 'clustersSnapshot') this.see(frame.clusters.find(({ current }) => current) ?? null);
    if (frame.type === 'resourcesSnapshot') {
      for (const { uid, object } of frame.rows) this.rows.set(uid, object.name);
      this.names = frame.rows.map(({ object }) => object.name);
    }
    if (frame.type !== 'resourcesDelta') return;
    for (const { uid, object } of frame.upserts) this.rows.set(uid, object.name);
    this.names = frame.order.map((uid) => this.rows.get(uid) ?? `unknown ${uid}`);
  }

  private see(cluster: Cluster | null): void {
    this.cluster = cluster;
    const state = cluster === null ? 'none' : `${cluster.state}: ${cluster.reason ?? ''}`;
    if (this.states.at(-1) !== state) this.states.push(state);
  }
}

describe.skipIf(kubeconfig === undefined)('the live socket of a workbench whose cluster is disturbed', () => {
  let cluster: FaultyCluster;
  let server: ChildProcess;
  let socket: WebSocket;
  let state: string;
  const page = new Page();

  const send = async (method: 'POST' | 'DELETE', below: string, body?: unknown) =>
    sendObject(await (await sandboxContext()).connection(), method, `/api/v1/namespaces${below}`, body);

  beforeAll(async () => {
    expect(await send('POST', '', { metadata: { name: namespace } })).toBe(201);
    cluster = await FaultyCluster.open(namespace);
    state = await mkdtemp(path.join(tmpdir(), 'quarterdeck-faults-'));
    const tokenFile = await cluster.write('token', 'first');
    const environment = { ...process.env, KUBECONFIG: await cluster.kubeconfig({ tokenFile }), KUBE_CONTEXT: '', PORT: '0', QUARTERDECK_STATE: state };
    server = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = server.stdout === null ? [''] : await once(server.stdout, 'data', { signal: AbortSignal.timeout(30_000) });
    const { host, hash } = new URL(String(line).trim());
    socket = new WebSocket(`ws://${host}${livePath}`, { headers: { authorization: `Bearer ${new URLSearchParams(hash.slice(1)).get('token')}` } });
    socket.on('message', (data) => page.take(serverFrameSchema.parse(JSON.parse(String(data)))));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'subscribeClusters', id: 'clusters' }));
    socket.send(JSON.stringify({ type: 'subscribeResources', id: 'maps', kind: 'configmaps', namespaces: [namespace], window: {} }));
    await shown();
  });

  afterAll(async () => {
    socket?.terminate();
    server?.kill('SIGKILL');
    await cluster?.close();
    await send('DELETE', `/${namespace}`);
    await rm(state, { recursive: true, force: true });
  });

  /** The page shows every ConfigMap once, and that this is how things are now. */
  const shown = () =>
    until(async () => {
      const names = (await cluster.truth()).map((line) => line.split('@')[0]);
      expect(page.cluster?.state).toBe('live');
      expect(page.names.toSorted()).toEqual(names);
    });

  it('says that the rows are old while a certificate is not to be trusted, and shows what was missed', async () => {
    cluster.proxy.showCertificate(selfSignedCertificate('somebody else'));
    await until(() => expect(page.states).toContainEqual(expect.stringMatching(/^stale: The certificate of .* is not signed by an authority/)));
    expect(page.cluster?.remedy).toMatch(/.+/);
    await cluster.put('missed-once');
    cluster.proxy.showCertificate(cluster.certificate);
    await shown();
  });

  it('asks for a login while a token is not accepted, and goes on with a new one', async () => {
    cluster.proxy.acceptedAuthorization = 'Bearer second';
    cluster.proxy.breakConnections();
    await until(() => expect(page.states).toContainEqual('authNeeded: The cluster does not accept these credentials.'));
    await cluster.put('missed-twice');
    await cluster.delete('missed-once');
    await cluster.write('token', 'second');
    await shown();
  });

  it('shows no row twice when the API server has forgotten where the list was', async () => {
    cluster.proxy.planOnce({
      matches: /configmaps\?watch=true(?!.*sendInitialEvents)/,
      rewrite: (asked) => asked.replace(/resourceVersion=\d+/, 'resourceVersion=1'),
    });
    cluster.proxy.breakConnections();
    await cluster.put('missed-again');
    await shown();
  });
});

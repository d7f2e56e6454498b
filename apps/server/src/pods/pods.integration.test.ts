import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiOf, type ClusterContext, loadKubeconfig, openCluster, systemKubeconfigSources, type Transport } from '@quarterdeck/cluster';
import {
  attachPath,
  debugContainerSchema,
  execPath,
  fileListSchema,
  type ShellStatus,
  shellChannels,
  shellStatusSchema,
  socketProtocols,
  ticketSchema,
} from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { type RunningServer, startServer } from '../start-server.ts';

const namespace = `server-pods-${process.pid}`;
const image = 'docker.io/local/busybox:1';
const bareImage = 'docker.io/local/pause:1';

async function sandbox(): Promise<ClusterContext> {
  const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), file: process.env.QD_TEST_KUBECONFIG ?? '' });
  const context = contexts.find(({ id }) => id === currentContext);
  if (context === undefined) throw new Error('QD_TEST_KUBECONFIG has no usable current context.');
  return context;
}

/** What a socket said until it closed. */
interface Said {
  chunks: Buffer[];
  err: string;
  statuses: ShellStatus[];
}

const textOf = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString('utf8');

describe('shells and files over the server', () => {
  let server: RunningServer;
  let api: Transport;
  let close: () => Promise<void>;

  const send = (method: 'POST' | 'DELETE', path: string, body: object) =>
    api.json({
      path: `/api/v1/namespaces${path}`,
      method,
      body: { contentType: 'application/json', text: JSON.stringify(body) },
      subject: { verb: 'create', resource: 'test', namespace },
      signal: AbortSignal.timeout(30_000),
    });

  beforeAll(async () => {
    const context = await sandbox();
    const access = await openCluster(context);
    api = apiOf(access);
    close = () => access.close();
    await send('POST', '', { metadata: { name: namespace } });
    const command = ['sh', '-c', 'while read line; do echo "got $line"; done'];
    const containers = [
      { name: 'main', image, command, stdin: true },
      { name: 'bare', image: bareImage },
    ];
    await send('POST', `/${namespace}/pods`, { metadata: { name: 'web' }, spec: { containers, terminationGracePeriodSeconds: 0 } });
    const source = { id: 'sandbox', name: 'sandbox', server: null, recordedAt: null, namespace, open: () => openCluster(context) };
    const recording = { ...source, id: 'recording', recordedAt: '2026-01-01T00:00:00Z' };
    const stateDirectory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    const clusters = { sources: [source, recording], current: 'sandbox' };
    server = await startServer({ port: 0, stateDirectory, clusters, version: '0.0.0', log: pino({ level: 'silent' }) });
  });
  afterAll(async () => {
    await server.close();
    await send('DELETE', `/${namespace}`, {});
    await close();
  });

  const authorization = () => ({ authorization: `Bearer ${server.token}` });
  const address = (path: string, query: Record<string, string> = {}, command: string[] = []) => {
    const parameters = new URLSearchParams({ namespace, pod: 'web', ...query });
    for (const word of command) parameters.append('command', word);
    return `127.0.0.1:${server.port}${path}?${parameters}`;
  };

  /** A ticket for a shell in the pod, as every client of a shell asks for one. */
  async function ticket(path: string, query: Record<string, string>, command: string[]): Promise<string[]> {
    const body = JSON.stringify({ purpose: path === execPath ? 'exec' : 'attach', shell: { namespace, pod: 'web', ...query, command } });
    const headers = { ...authorization(), 'content-type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${server.port}/api/tickets`, { method: 'POST', headers, body });
    return socketProtocols(ticketSchema.parse(await response.json()).ticket);
  }

  async function open(
    path: string,
    query: Record<string, string>,
    command: string[],
  ): Promise<{ socket: WebSocket; said: Promise<Said>; started: Promise<void> }> {
    const socket = new WebSocket(`ws://${address(path, query, command)}`, await ticket(path, query, command), { headers: authorization() });
    const said: Said = { chunks: [], err: '', statuses: [] };
    let start = () => {};
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    socket.on('message', (data: Buffer) => {
      const payload = data.subarray(1);
      if (data[0] === shellChannels.stdout) said.chunks.push(payload);
      else if (data[0] === shellChannels.stderr) said.err += payload.toString();
      else said.statuses.push(shellStatusSchema.parse(JSON.parse(payload.toString())));
      start();
    });
    return { socket, started, said: new Promise((resolve) => socket.on('close', () => resolve(said))) };
  }
  const message = (channel: number, payload: string | Uint8Array) => Buffer.concat([Buffer.of(channel), Buffer.from(payload)]);

  it('run a program with its outputs apart, its input and its end', async () => {
    const listed = async () => (await fetch(`http://${address('/api/pods/files', { path: '/' })}`, { headers: authorization() })).status;
    await expect.poll(listed, { timeout: 60_000 }).toBe(200);
    const { socket, started, said } = await open(execPath, {}, ['sh', '-c', 'echo oh >&2; wc -c; exit 7']);
    await started;
    for (let i = 0; i < 30; i += 1) socket.send(message(shellChannels.stdin, Buffer.alloc(100_000)));
    socket.send(Buffer.of(shellChannels.close, shellChannels.stdin));
    const { chunks, err, statuses } = await said;
    expect({ out: textOf(chunks), err }).toEqual({ out: '3000000\n', err: 'oh\n' });
    expect(statuses).toMatchObject([
      { state: 'started', container: 'main', tty: false },
      { state: 'ended', exitCode: 7 },
    ]);
  });

  it('have a terminal, and attach to what runs', async () => {
    const shell = await open(execPath, { tty: 'true' }, ['sh']);
    await shell.started;
    shell.socket.send(message(shellChannels.resize, JSON.stringify({ columns: 101, rows: 33 })));
    shell.socket.send(message(shellChannels.stdin, 'stty size; exit\n'));
    expect(textOf((await shell.said).chunks)).toContain('33 101');

    const attached = await open(attachPath, {}, []);
    await attached.started;
    attached.socket.send(message(shellChannels.stdin, 'hello\n'));
    await new Promise<void>((resolve) => attached.socket.on('message', (data: Buffer) => data.includes('got hello') && resolve()));
    attached.socket.close();
    expect((await attached.said).statuses).toHaveLength(1);
  });

  it('send no faster than a client reads, and lose nothing', async () => {
    const { socket, said } = await open(execPath, {}, ['head', '-c', '20000000', '/dev/zero']);
    socket.once('message', () => {
      socket.pause();
      setTimeout(() => socket.resume(), 1000);
    });
    const { chunks, statuses } = await said;
    expect({ size: Buffer.concat(chunks).byteLength, last: statuses.at(-1) }).toMatchObject({ size: 20_000_000, last: { state: 'ended', exitCode: 0 } });
  });

  it('tell what went wrong, and refuse recordings before they open', async () => {
    const { said } = await open(execPath, { container: 'nope' }, ['sh']);
    expect((await said).statuses).toMatchObject([{ state: 'failed', error: { code: 'NOT_FOUND', hint: 'It has: main, bare.' } }]);
    const refused = new WebSocket(`ws://${address(execPath, { cluster: 'recording' }, ['sh'])}`, await ticket(execPath, { cluster: 'recording' }, ['sh']), {
      headers: authorization(),
    });
    const status = await new Promise((resolve) => refused.on('unexpected-response', (_request, response) => resolve(response.resume().statusCode)));
    expect(status).toBe(403);
  });

  it('list, write and read files, and open a debug container', async () => {
    const content = randomBytes(2_000_000);
    const path = '/tmp/with blank';
    const put = await fetch(`http://${address('/api/pods/files/content', { path })}`, { method: 'PUT', headers: authorization(), body: content });
    expect(await put.json()).toEqual({ path, bytes: content.byteLength });
    const got = await fetch(`http://${address('/api/pods/files/content', { path })}`, { headers: authorization() });
    expect(got.headers.get('content-disposition')).toContain('with%20blank');
    expect(Buffer.from(await got.arrayBuffer()).equals(content)).toBe(true);
    const inFolder = await fetch(`http://${address('/api/pods/files', { path: '/tmp' })}`, { headers: authorization() });
    expect(fileListSchema.parse(await inFolder.json()).entries).toMatchObject([{ name: 'with blank', type: 'file', size: content.byteLength }]);

    const headers = { ...authorization(), 'content-type': 'application/json' };
    const body = JSON.stringify({ namespace, pod: 'web', image, command: ['sh'] });
    const debug = await fetch(`http://127.0.0.1:${server.port}/api/pods/debug`, { method: 'POST', headers, body });
    const { container } = debugContainerSchema.parse(await debug.json());
    const { socket, started, said } = await open(attachPath, { container }, []);
    await started;
    socket.send(message(shellChannels.stdin, 'echo in $((6*7)); exit\n'));
    expect(textOf((await said).chunks)).toContain('in 42');
  });

  const debug = (method: 'POST' | 'DELETE', path: string, input: Record<string, unknown>) => {
    const query = method === 'DELETE' ? `?${new URLSearchParams(Object.entries(input).map(([name, value]): [string, string] => [name, String(value)]))}` : '';
    const headers = { ...authorization(), 'content-type': 'application/json' };
    return fetch(`http://127.0.0.1:${server.port}${path}${query}`, { method, headers, ...(method === 'POST' ? { body: JSON.stringify(input) } : {}) });
  };

  it('show the files of a container without programs through a debug container', async () => {
    const files = (query: Record<string, string>) => fetch(`http://${address('/api/pods/files', { path: '/', ...query })}`, { headers: authorization() });
    expect(await (await files({ container: 'bare' })).json()).toMatchObject({ code: 'UNSUPPORTED' });
    const { container: via } = debugContainerSchema.parse(
      await (await debug('POST', '/api/pods/debug', { namespace, pod: 'web', image, target: 'bare' })).json(),
    );
    const { entries } = fileListSchema.parse(await (await files({ container: 'bare', via })).json());
    expect(entries.map(({ name }) => name)).toContain('pause');
    expect(await (await files({ container: 'bare', via: 'debugger-gone' })).json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('start a pod on a node, attach to it and remove it, and no pod of anybody else', async () => {
    const nodes = await api.json({ path: '/api/v1/nodes', subject: { verb: 'list', resource: 'nodes', namespace: null }, signal: AbortSignal.timeout(10_000) });
    const [node] = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) }).parse(nodes).items;
    const started = await debug('POST', '/api/nodes/debug', { node: node?.metadata.name, namespace, image, command: ['ls', '/host'] });
    const { pod } = debugContainerSchema.parse(await started.json());
    expect((await debug('DELETE', '/api/nodes/debug', { namespace, pod })).status).toBe(200);
    expect(await (await debug('DELETE', '/api/nodes/debug', { namespace, pod: 'web' })).json()).toMatchObject({ code: 'CONFLICT' });
  });
});

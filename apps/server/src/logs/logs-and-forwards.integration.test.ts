import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { forwardSchema, livePath, logBatchSchema, logSearchSchema, type ServerFrame, serverFrameSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `server-streams-${process.pid}`;
const run = promisify(execFile);
const kubectl = (...args: string[]) => run('kubectl', [`--kubeconfig=${kubeconfig}`, '-n', namespace, ...args]);
const patient = { timeout: 60_000, interval: 300 };

interface Workbench {
  child: ChildProcess;
  url: URL;
}

async function start(stateDirectory: string): Promise<Workbench> {
  const env = { ...process.env, KUBECONFIG: kubeconfig, PORT: '0', QUARTERDECK_STATE: stateDirectory };
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await vi.waitFor(() => expect(printed).toContain('\n'), { timeout: 40_000 });
  return { child, url: new URL(printed.trim()) };
}

async function stop({ child }: Workbench): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

const pod = (name: string, script: string) => [
  'run',
  name,
  '--image=docker.io/local/busybox:1',
  '--image-pull-policy=Never',
  '--command',
  '--',
  'sh',
  '-c',
  script,
];

describe.skipIf(kubeconfig === undefined)('logs and forwards of the server', () => {
  let workbench: Workbench;
  let stateDirectory: string;

  beforeAll(async () => {
    stateDirectory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    await run('kubectl', [`--kubeconfig=${kubeconfig}`, 'create', 'namespace', namespace]);
    await kubectl(...pod('talks', 'i=0; while true; do i=$((i+1)); echo "{\\"level\\":\\"warn\\",\\"msg\\":\\"round $i\\"}"; sleep 0.1; done'));
    await kubectl(...pod('web', 'mkdir /w; echo hello > /w/index.html; httpd -f -p 8080 -h /w'));
    workbench = await start(stateDirectory);
    await kubectl('wait', '--for=condition=Ready', 'pod', '--all', '--timeout=60s');
  });

  afterAll(async () => {
    await stop(workbench);
    await kubectl('delete', 'namespace', namespace, '--wait=false');
  });

  const headers = () => ({ authorization: `Bearer ${new URLSearchParams(workbench.url.hash.slice(1)).get('token')}`, 'content-type': 'application/json' });
  const get = (path: string) => fetch(new URL(path, workbench.url.origin), { headers: headers() });
  const post = (path: string, body: object) => fetch(new URL(path, workbench.url.origin), { method: 'POST', headers: headers(), body: JSON.stringify(body) });

  it('answer with a batch, a text and what was searched for', async () => {
    const query = `namespace=${namespace}&name=talks`;
    await vi.waitFor(async () => {
      const batch = logBatchSchema.parse(await (await get(`/api/logs?${query}&tail=5`)).json());
      expect(batch).toMatchObject({ truncated: false, stats: { lost: 0, sources: [{ pod: 'talks', container: 'talks', state: 'ended' }] } });
      expect(batch.entries.map(({ severity }) => severity)).toEqual(Array(5).fill('warn'));
    }, patient);
    const exported = await get(`/api/logs/export?${query}&prefix=true&include=round%201%22`);
    expect(exported.headers.get('content-type')).toContain('text/plain');
    expect(await exported.text()).toBe('[pod/talks/talks] {"level":"warn","msg":"round 1"}\n');
    const several = encodeURIComponent('round \\d+\n[12]"');
    const lines = (await (await get(`/api/logs/export?${query}&form=jsonl&include=${several}&exclude=round%20\\d%7B2%7D`)).text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(
      [1, 2].map((n) => ({ pod: 'talks', severity: 'warn', text: expect.stringContaining(`round ${n}"`) })),
    );
    const found = logSearchSchema.parse(await (await get(`/api/logs/search?${query}&include=round%202%22&before=1`)).json());
    expect(found).toMatchObject({ matches: 1, entries: [{ context: true }, { text: expect.stringContaining('round 2') }], unread: [] });
    expect((await get(`/api/logs?namespace=${namespace}&name=nobody`)).status).toBe(404);
    expect((await get(`/api/logs?${query}&include=(`)).status).toBe(400);
  });

  it('are told live, line after line', async () => {
    const frames: ServerFrame[] = [];
    const socket = new WebSocket(`ws://${workbench.url.host}${livePath}`, { headers: headers() });
    socket.on('message', (data) => frames.push(serverFrameSchema.parse(JSON.parse(String(data)))));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'subscribeLogs', id: 'l', namespace, name: 'talks', tail: 3 }));
    const numbers = () => frames.flatMap((frame) => (frame.type === 'logBatch' ? frame.entries.map(({ text }) => Number(/\d+/.exec(text)?.[0])) : []));
    await vi.waitFor(() => expect(numbers().length).toBeGreaterThan(20), patient);
    expect(numbers()).toEqual(numbers().map((_, i) => (numbers()[0] ?? 0) + i));
    socket.close();
  });

  it('carry requests, tell their counters, and start again with the workbench', async () => {
    const started = await post('/api/forwards', { namespace, name: 'web', ports: [{ local: 0, remote: 8080 }], autostart: true });
    const forward = forwardSchema.parse(await started.json());
    const address = `http://127.0.0.1:${forward.ports[0]?.local}/`;
    expect(await (await fetch(address)).text()).toBe('hello\n');
    expect(await (await get('/api/forwards')).json()).toMatchObject([{ id: forward.id, stats: { totalConnections: 1, pod: 'web', state: 'listening' } }]);
    await stop(workbench);
    await expect(fetch(address)).rejects.toThrow();
    workbench = await start(stateDirectory);
    await vi.waitFor(async () => expect(await (await fetch(address)).text()).toBe('hello\n'), patient);
    expect(await (await post(`/api/forwards/${forward.id}/stop`, { forget: false })).json()).toMatchObject([{ id: forward.id, stats: { state: 'stopped' } }]);
    await expect(fetch(address)).rejects.toThrow();
    expect(await (await post(`/api/forwards/${forward.id}/start`, {})).json()).toMatchObject({ stats: { state: 'listening' } });
    expect(await (await post(`/api/forwards/${forward.id}/stop`, { forget: true })).json()).toEqual([]);
  });
});

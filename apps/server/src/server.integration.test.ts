import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { livePath, type ServerFrame, serverFrameSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `server-test-${process.pid}`;
const run = promisify(execFile);

async function kubectl(...args: string[]): Promise<void> {
  await run('kubectl', [`--kubeconfig=${kubeconfig}`, ...args]);
}

interface Workbench {
  child: ChildProcess;
  printed: string[];
  url: URL;
}

async function start(): Promise<Workbench> {
  const QUARTERDECK_STATE = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
  const env = { ...process.env, KUBECONFIG: kubeconfig, PORT: '0', QUARTERDECK_STATE };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const printed: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  await vi.waitFor(() => expect(printed.join('')).toContain('\n'), { timeout: 20_000 });
  return { child, printed, url: new URL(printed.join('').trim()) };
}

describe.skipIf(kubeconfig === undefined)('the server on a real cluster', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    await kubectl('create', 'namespace', namespace);
    workbench = await start();
  });

  afterAll(async () => {
    workbench.child.kill('SIGKILL');
    await kubectl('delete', 'namespace', namespace, '--wait=false');
  });

  const authorization = () => ({ authorization: `Bearer ${new URLSearchParams(workbench.url.hash.slice(1)).get('token')}` });
  const get = async (path: string) => (await fetch(new URL(path, workbench.url.origin), { headers: authorization() })).json();

  it('shows a pod that appears, without being asked again', async () => {
    const frames: ServerFrame[] = [];
    const socket = new WebSocket(`ws://${workbench.url.host}${livePath}`, { headers: authorization() });
    socket.on('message', (data) => frames.push(serverFrameSchema.parse(JSON.parse(String(data)))));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'subscribeResources', id: 'p', kind: 'pods', namespaces: [namespace], window: {} }));
    await vi.waitFor(() => expect(frames).toMatchObject([{ type: 'resourcesSnapshot', total: 0 }]), { timeout: 20_000 });
    await kubectl('-n', namespace, 'run', 'appears', '--image=registry.invalid/none:1');
    await vi.waitFor(() => expect(frames).toContainEqual(expect.objectContaining({ type: 'resourcesDelta', total: 1 })), { timeout: 20_000 });
    socket.close();
  });

  it('says what is broken, and answers for kinds, namespaces and the tree', async () => {
    await vi.waitFor(async () => expect(JSON.stringify(await get(`/api/issues?namespace=${namespace}`))).toContain('appears'), {
      timeout: 60_000,
      interval: 1000,
    });
    expect(await get('/api/clusters')).toMatchObject([{ state: 'live', readOnly: false }]);
    expect(await get('/api/namespaces')).toMatchObject({
      complete: true,
      namespaces: expect.arrayContaining([{ name: namespace, from: ['list'], usable: true }]),
    });
    expect(await get(`/api/tree?namespace=${namespace}`)).toMatchObject([{ label: namespace, children: [{ kind: 'Pod', label: 'appears' }] }]);
  });

  it('shows a Secret without its values', async () => {
    await kubectl('-n', namespace, 'create', 'secret', 'generic', 'login', '--from-literal=password=hunter2');
    const shown = JSON.stringify(await get(`/api/resources/object?kind=Secret&namespace=${namespace}&name=login`));
    expect(shown).toContain('<hidden, 7 bytes>');
    expect(shown).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  it('printed one line, and ends in order when it is told to', async () => {
    const exit = once(workbench.child, 'exit');
    workbench.child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(workbench.printed.join('')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+\n$/);
  });
});

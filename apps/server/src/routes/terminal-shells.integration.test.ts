import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testPrograms } from '@quarterdeck/cluster/testing/programs';
import {
  actPageSchema,
  decodeTerminalServerFrame,
  encodeTerminalClientFrame,
  resolvedPathSchema,
  socketProtocols,
  type TerminalBlock,
  type TerminalClientFrame,
  type TerminalEvent,
  type TerminalSession,
  terminalBlockOutputSchema,
  terminalBlockSchema,
  terminalCompletionSchema,
  terminalHistoryEntrySchema,
  terminalProtocol,
  terminalSessionSchema,
  terminalSocketPath,
  ticketSchema,
} from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const namespace = `termshell-${process.pid}`;

describe.skipIf(kubeconfig === '')('shells over HTTP, on a cluster', () => {
  let folder: string;
  let home: string;
  let own: string;
  let server: RunningServer;
  let shell: Typist;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-shells-'));
    home = join(folder, 'home');
    own = join(folder, 'kubeconfig');
    await mkdir(home);
    // Of the test's own: it must come out of this as it went in.
    await writeFile(own, await readFile(kubeconfig));
    const log = pino({ level: 'silent' });
    const options = { bundle: null, kubeconfig: own, context: null, stateDirectory: join(folder, 'state') };
    const environment = { ...process.env, HOME: home, PATH: `${join((await testPrograms()).kubectl, '..')}:${process.env.PATH}` };
    const terminal = { enabled: true, shell: '/bin/bash', scrollback: 1000, kubeconfigs: [own] };
    server = await startServer({ ...options, clusters: await findClusterSources(options, log), terminal, environment, port: 0, version: '0.0.0-shells', log });
    await kubectl('create', 'namespace', namespace);
    await kubectl('create', 'configmap', 'settings', '-n', namespace, '--from-literal=a=1');
    shell = await Typist.open(await create());
  });
  afterAll(async () => {
    await shell.close();
    for (const { id } of z.array(terminalSessionSchema).parse((await send('GET', '/api/terminals')).body)) await send('DELETE', `/api/terminals/${id}`);
    const { pid } = z.object({ pid: z.number() }).parse((await send('GET', '/api/terminals/host')).body);
    process.kill(pid, 'SIGTERM');
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function kubectl(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)((await testPrograms()).kubectl, ['--kubeconfig', kubeconfig, ...args]);
    return stdout;
  }

  async function send(method: string, path: string, body?: object | string): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${server.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers, ...content });
    return { status: response.status, body: await response.json() };
  }

  async function create(): Promise<TerminalSession> {
    const { body } = await send('POST', '/api/terminals', { columns: 120, rows: 30, namespace, cwd: home });
    return terminalSessionSchema.parse(body);
  }

  const sessionNow = async () =>
    z
      .array(terminalSessionSchema)
      .parse((await send('GET', '/api/terminals')).body)
      .find(({ id }) => id === shell.session.id);
  const at = (rest: string) => `/api/terminals/${shell.session.id}/${rest}`;
  const outputOf = async ({ id }: TerminalBlock) => terminalBlockOutputSchema.parse((await send('GET', at(`blocks/${id}/output`))).body).text;

  /** A page that types in a shell and hears what is told of it. */
  class Typist {
    readonly session: TerminalSession;
    readonly events: TerminalEvent[] = [];
    private readonly socket: WebSocket;
    private sequence = 0;
    private heard = () => {};

    private constructor(session: TerminalSession, socket: WebSocket) {
      this.session = session;
      this.socket = socket;
      socket.on('message', (message: Buffer) => {
        const frame = decodeTerminalServerFrame(message);
        if (frame.type === 'event') this.events.push(frame.event);
        this.heard();
      });
    }

    static async open(session: TerminalSession): Promise<Typist> {
      const { ticket } = ticketSchema.parse((await send('POST', '/api/tickets', { purpose: 'terminal' })).body);
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${terminalSocketPath}`, socketProtocols(ticket, terminalProtocol), {
        headers: { authorization: `Bearer ${server.token}`, origin: `http://127.0.0.1:${server.port}` },
      });
      const page = new Typist(session, socket);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      page.send({ type: 'control', control: { type: 'hello', clientId: 'shells-test-page' } });
      page.send({ type: 'control', control: { type: 'attach', session: session.number, haveOffset: null, lines: 0 } });
      await page.until((event) => event.type === 'attached');
      page.send({ type: 'control', control: { type: 'ready', session: session.number } });
      return page;
    }

    async run(line: string): Promise<TerminalBlock> {
      const before = this.events.length;
      this.sequence += 1;
      this.send({ type: 'input', session: this.session.number, sequence: this.sequence, bytes: Buffer.from(`${line}\r`) });
      const ended = await this.until((event) => event.type === 'blockEnded' && event.block.command === line, before);
      if (ended.type !== 'blockEnded') throw new Error('It is no end of a block.');
      return ended.block;
    }

    async until(fits: (event: TerminalEvent) => boolean, from = 0): Promise<TerminalEvent> {
      const late = AbortSignal.timeout(20_000);
      for (;;) {
        const found = this.events.slice(from).find(fits);
        if (found !== undefined) return found;
        await new Promise<void>((resolve, reject) => {
          this.heard = resolve;
          late.addEventListener('abort', () => reject(new Error(`It did not come: ${JSON.stringify(this.events.slice(-8))}`)), { once: true });
        });
      }
    }

    async close(): Promise<void> {
      this.socket.close();
    }

    private send(frame: TerminalClientFrame): void {
      this.socket.send(encodeTerminalClientFrame(frame));
    }
  }

  it('speaks to the cluster that it is told, and leaves the files of the person alone', async () => {
    const before = await readFile(own, 'utf8');
    const asked = await shell.run('kubectl get configmap settings -o name');
    expect(asked).toMatchObject({ exit: 0, trusted: true, kube: { namespace } });
    expect(await outputOf(asked)).toBe('configmap/settings');
    const from = shell.events.length;
    await shell.run('kubectl config set-context --current --namespace=kube-system');
    expect(await shell.until((event) => event.type === 'kube', from)).toMatchObject({ kube: { namespace: 'kube-system' } });
    expect(await shell.run('kubectl get configmap settings')).toMatchObject({ exit: 1, kube: { namespace: 'kube-system' } });
    expect(await shell.until((event) => event.type === 'finding', from)).toMatchObject({
      finding: { kind: 'kubectlError', title: 'configmaps settings is not there' },
    });
    const context = (await sessionNow())?.kube?.context;
    const { status, body } = await send('PATCH', `/api/terminals/${shell.session.id}`, { kube: { context, namespace, pinned: true } });
    expect({ status, kube: terminalSessionSchema.parse(body).kube }).toMatchObject({ status: 200, kube: { namespace, pinned: true } });
    expect(await shell.run('kubectl get configmap settings -o name ')).toMatchObject({ exit: 0 });
    expect(await readFile(own, 'utf8')).toBe(before);
  });

  it('takes what kubectl does through the workbench where that is wanted, and writes down what it changes', async () => {
    const acts = async () => actPageSchema.parse((await send('GET', '/api/audit?action=kubectl.run')).body).acts;
    expect(await send('POST', at('gate'), { on: true })).toMatchObject({ status: 200, body: { on: true } });
    expect(await shell.run('kubectl label configmap settings tier=a')).toMatchObject({ exit: 0 });
    expect(await shell.run('kubectl get configmap settings --show-labels')).toMatchObject({ exit: 0 });
    await expect
      .poll(acts)
      .toMatchObject([
        { via: 'terminal', result: { outcome: 'done' }, input: { method: 'PATCH', path: `/api/v1/namespaces/${namespace}/configmaps/settings` } },
      ]);
    expect(await outputOf(await shell.run('kubectl config view --minify -o jsonpath="{.clusters[0].cluster.server}"'))).toMatch(/^https:\/\/127\.0\.0\.1:/);
    expect(await send('POST', at('gate'), { on: false })).toMatchObject({ body: { on: false } });
    expect(await shell.run('kubectl label configmap settings tier-')).toMatchObject({ exit: 0 });
    expect(await acts()).toHaveLength(1);
  });

  it('shows among the changes what is typed there, with kubectl as its author', async () => {
    expect(await shell.run('kubectl create deployment typed --image=web:1 --replicas=0')).toMatchObject({ exit: 0 });
    const changes = async () => JSON.stringify((await send('GET', `/api/overview/changes?namespace=${namespace}`)).body);
    await expect.poll(changes, { timeout: 15_000 }).toMatch(/"name":"typed"[^}]*\}.*kubectl-create|kubectl-create.*"name":"typed"/);
  });

  it('completes what is in the cluster', async () => {
    const complete = async (line: string) =>
      terminalCompletionSchema.parse((await send('POST', at('complete'), { line, cursor: line.length })).body).items.map(({ text }) => text);
    expect(await complete('kubectl get configm')).toEqual(['configmaps']);
    // The first time may end before the list is read: what is asked next finds it.
    await expect.poll(() => complete('kubectl describe cm set'), { timeout: 10_000 }).toEqual(['settings']);
    expect(await complete(`kubectl get pods -n ${namespace.slice(0, -1)}`)).toContain(namespace);
  });

  it('takes files to where the shell is, and nowhere else', async () => {
    await shell.run('mkdir -p sub && cd sub');
    expect(await send('POST', `${at('drop')}?name=values.yaml`, 'a: 1')).toMatchObject({
      status: 200,
      body: { path: join(home, 'sub', 'values.yaml'), bytes: 4 },
    });
    expect(await send('POST', `${at('drop')}?name=values.yaml`, 'b: 2')).toMatchObject({ body: { path: join(home, 'sub', 'values (1).yaml') } });
    expect(await readFile(join(home, 'sub', 'values.yaml'), 'utf8')).toBe('a: 1');
    for (const name of ['../escaped', '..', '/etc/motd', 'a%00b', 'a%1b%5D0;x'])
      expect((await send('POST', `${at('drop')}?name=${name}`, 'x')).status).toBe(400);
    const { body } = await send('POST', at('resolve'), { texts: ['values.yaml:1:3', 'missing.yaml', '../sub', 'https://example.org/values.yaml'] });
    expect(z.array(resolvedPathSchema).parse(body)).toEqual([
      { text: 'values.yaml:1:3', path: join(home, 'sub', 'values.yaml'), kind: 'file', line: 1, column: 3 },
      { text: '../sub', path: join(home, 'sub'), kind: 'folder', line: null, column: null },
    ]);
  });

  it('keeps what was run, without secrets, and forgets it when told to', async () => {
    await shell.run('export API_TOKEN=abcdefgh12345678');
    const find = async () => z.array(terminalHistoryEntrySchema).parse((await send('GET', '/api/terminals/history?text=API_TOKEN&exit=ok')).body);
    const [entry] = await find();
    expect(entry?.command).toBe('export API_TOKEN=[redacted]');
    expect((await send('DELETE', `/api/terminals/history/${entry?.id}`)).status).toBe(200);
    expect(await find()).toEqual([]);
    const blocks = z.array(terminalBlockSchema).parse((await send('GET', at('blocks'))).body);
    const [first] = blocks;
    expect(await send('PATCH', at(`blocks/${first?.id}`), { bookmarked: true })).toMatchObject({ status: 200, body: { bookmarked: true } });
    expect((await send('GET', `/api/terminals/${crypto.randomUUID()}/blocks`)).status).toBe(404);
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, type ElicitRequest } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { runConformance } from '../testing/mcp-conformance.ts';
import { serveMcp } from '../testing/serve-mcp.ts';
import { localMcpEntrance } from './mcp-tokens.ts';

const run = promisify(execFile);
const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `mcp-clients-${process.pid}`;
const entry = join(import.meta.dirname, '..', 'mcp.ts');

describe.skipIf(kubeconfig === undefined)('real clients', { timeout: 120_000 }, () => {
  let folder = '';
  let server: RunningServer;
  const kubectl = (...args: string[]) => run('kubectl', ['--kubeconfig', kubeconfig ?? '', ...args]);
  const replicas = async () => (await kubectl('get', 'deployment', 'web', '-n', namespace, '-o', 'jsonpath={.spec.replicas}')).stdout;
  const token = () => localMcpEntrance(server.token).tokens?.read ?? '';
  const npm = (name: string) =>
    run('npm', ['install', '--no-audit', '--no-fund', '--prefix', join(folder, /\/(\w+)@/.exec(name)?.[1] ?? ''), name], { timeout: 90_000 });
  const python = async () => {
    await run('python3', ['-m', 'venv', join(folder, 'venv')]);
    await run(join(folder, 'venv', 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', 'mcp==2.3.0'], { timeout: 90_000 });
  };
  /** While they are fetched, others are tried. */
  let installing: Record<'conformance' | 'inspector' | 'python', Promise<unknown>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-mcp-'));
    installing = {
      conformance: npm('@modelcontextprotocol/conformance@0.2.0-alpha.12'),
      inspector: npm('@modelcontextprotocol/inspector@2.12.0'),
      python: python(),
    };
    const log = pino({ level: 'silent' });
    const clusters = await findClusterSources({ bundle: null, kubeconfig: kubeconfig ?? '', context: null, stateDirectory: folder }, log);
    server = await startServer({ clusters, stateDirectory: folder, port: 0, version: '0.0.0', log });
    await kubectl('create', 'namespace', namespace);
    await kubectl('create', 'deployment', 'web', '-n', namespace, '--image=docker.io/local/pause:1', '--replicas=1');
  });
  afterAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await server.close();
    await Promise.allSettled(Object.values(installing));
    await rm(folder, { recursive: true });
  });

  /** `qd mcp` as a client starts it; whoever sits there answers `decide`. */
  async function connect(decide: ((params: ElicitRequest['params']) => boolean) | null, modern = true) {
    const capabilities = decide === null ? {} : { elicitation: {} };
    const client = new Client({ name: 'test', version: '0' }, { capabilities, versionNegotiation: { mode: modern ? { pin: '2026-07-28' } : 'legacy' } });
    if (decide !== null) client.setRequestHandler('elicitation/create', async ({ params }) => ({ action: 'accept', content: { approve: decide(params) } }));
    const args = [entry, '--kubeconfig', kubeconfig ?? '', '--allow-proposals'];
    const env = { PATH: process.env.PATH ?? '', HOME: folder, QUARTERDECK_STATE: folder };
    await client.connect(new StdioClientTransport({ command: process.execPath, args, env, stderr: 'inherit' }));
    return client;
  }

  const scaleTo = (count: number) => ({
    name: 'propose_change',
    arguments: { change: { verb: 'scale', target: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' }, replicas: count }, reason: 'A test.' },
  });

  it.each([
    ['2026-07-28', true],
    ['2025', false],
  ])('a person at a client of the era of %s approves what it proposes, or does not', async (_era, modern) => {
    const asked: string[] = [];
    let willing = false;
    const client = await connect((params) => {
      asked.push(params.message);
      return willing;
    }, modern);
    const before = await replicas();
    const to = modern ? 2 : 3;
    expect(await client.callTool(scaleTo(to))).toMatchObject({ content: [{ text: expect.stringContaining('Nothing was done') }] });
    expect(await replicas()).toBe(before);
    willing = true;
    expect(await client.callTool(scaleTo(to))).toMatchObject({ content: [{ text: expect.stringContaining('succeeded') }] });
    expect(await replicas()).toBe(String(to));
    expect(asked[1]).toContain(`kubectl`);
    await client.close();
  });

  it('without a person at the client the proposal waits in the workbench', async () => {
    const client = await connect(null);
    const before = await replicas();
    const { content } = await client.callTool(scaleTo(9));
    expect(JSON.stringify(content)).toMatch(/Action \S+ waits for a person/);
    expect(await replicas()).toBe(before);
    await client.close();
  });

  it('the conformance suite finds no fault in what the server has', async () => {
    await installing.conformance;
    const mcp = await serveMcp();
    const suite = join(folder, 'conformance', 'node_modules', '@modelcontextprotocol', 'conformance', 'dist', 'index.js');
    for (const version of ['2025-11-25', '2026-07-28']) {
      const { scenarios, checks, failed } = await runConformance(suite, mcp.url, version);
      console.info(`MCP conformance ${version}: ${scenarios} scenarios, ${checks} checks.`);
      expect(failed).toEqual([]);
      expect(scenarios).toBeGreaterThan(9);
    }
    await mcp.close();
  });

  it('Python’s client lists tools and asks over HTTP, and over a pipe', async () => {
    await installing.python;
    const script = join(import.meta.dirname, '..', 'testing', 'mcp_client.py');
    const env = { ...process.env, QUARTERDECK_STATE: folder };
    const pipe = JSON.stringify([process.execPath, entry, '--kubeconfig', kubeconfig]);
    const { stdout } = await run(join(folder, 'venv', 'bin', 'python'), [script, `http://127.0.0.1:${server.port}/mcp`, token(), pipe], { env });
    expect(JSON.parse(stdout)).toEqual({ http: [expect.any(Number), true], pipe: [expect.any(Number), true] });
  });

  it('the Inspector calls a tool', async () => {
    await installing.inspector;
    const inspector = join(folder, 'inspector', 'node_modules', '.bin', 'mcp-inspector');
    const session = [`http://127.0.0.1:${server.port}/mcp`, '--transport', 'http', '--header', `Authorization: Bearer ${token()}`];
    const args = ['--cli', ...session, '--method', 'tools/call', '--tool-name', 'list_resources', '--tool-arg', 'kind=Deployment', `namespace=${namespace}`];
    const { stdout } = await run(inspector, args, { cwd: folder });
    expect(stdout).toContain('web');
  });
});

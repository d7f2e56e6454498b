import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '..');

/** What somebody has who installed the package and nothing else: no sources, no state, no kubeconfig. */
describe('the package', () => {
  let folder = '';
  let env: NodeJS.ProcessEnv;
  const started: ChildProcess[] = [];
  const program = (name: string) => path.join(folder, 'node_modules', '.bin', name);
  const recording = () => path.join(folder, 'node_modules', 'quarterdeck', 'apps', 'server', 'demo', 'demo.qdb');

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-package-'));
    env = { PATH: process.env.PATH, HOME: folder, QUARTERDECK_STATE: path.join(folder, 'state'), KUBECONFIG: '/dev/null', BROWSER: 'none', PORT: '0' };
    const { stdout } = await run(process.execPath, [path.join(root, 'pack', 'pack.ts'), folder], { cwd: root });
    await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'somebody', type: 'module' }));
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', stdout.trim()], { cwd: folder });
  });
  afterAll(async () => {
    for (const child of started) child.kill();
    await rm(folder, { recursive: true, maxRetries: 5 });
  });

  it('has the command line', async () => {
    expect((await run(program('qd'), ['version'], { env })).stdout).toContain('qd 0.');
    expect((await run(program('qd'), ['issues', '--bundle', recording()], { env })).stdout).toContain('expired');
  });

  it('has the API, with its types', async () => {
    const examples = path.join(folder, 'examples');
    await mkdir(examples);
    await cp(path.join(folder, 'node_modules', 'quarterdeck', 'examples'), examples, { recursive: true });
    const { stdout } = await run(process.execPath, [path.join(examples, 'what-is-broken.ts'), recording()], { env });
    expect(stdout).toContain('kubectl');
    const types = { typeRoots: [path.join(root, 'node_modules', '@types')], types: ['node'] };
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable'],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      ...types,
    };
    await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['examples'] }));
    await run(process.execPath, [path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder]);
  });

  it('is the workbench with its page, and an MCP server', async () => {
    const workbench = spawn(program('quarterdeck'), { env, stdio: ['ignore', 'pipe', 'ignore'] });
    started.push(workbench);
    const url = await lineOf(workbench, /http:\S+/);
    expect(await (await fetch(url)).text()).toContain('<div id="root">');
    const mcp = spawn(program('qd'), ['mcp', '--bundle', recording()], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    started.push(mcp);
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '0' } };
    mcp.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
    expect(await lineOf(mcp, /"name":"quarterdeck"/)).toBeTruthy();
  });
});

/** Waits for what a program says. */
async function lineOf({ stdout }: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of stdout ?? []) {
    text += chunk;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return found;
  }
  throw new Error(`It ended and did not say ${pattern}: ${text}`);
}

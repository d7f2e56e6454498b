import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errorBodySchema, exitCode } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './start-server.ts';
import { MemoryCluster } from './testing/memory-cluster.ts';

/** A file system of our own takes root; CI has it. */
const mayMount = Boolean(process.env.CI) || process.getuid?.() === 0;
const rule = { name: 'Worst first', when: { on: 'issue', severity: 'high' } };

describe.skipIf(!mayMount)('a workbench whose disk takes nothing more', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-full-'));
  const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' });
  const stateDirectory = join(folder, 'state');
  const filler = join(folder, 'filler');
  let server: RunningServer;

  beforeAll(async () => {
    mount('-t', 'tmpfs', '-o', 'size=4m,mode=700', 'quarterdeck-test', folder);
    await mkdir(stateDirectory, { mode: 0o700 });
    const clusters = { sources: [new MemoryCluster().source], current: 'memory' };
    server = await startServer({ port: 0, stateDirectory, clusters, version: '0.0.0', callsPerSecond: 100_000, log: pino({ level: 'silent' }) });
  });
  afterAll(async () => {
    await server?.close();
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function call(method: string, path: string, body?: unknown) {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${new URL(server.url).origin}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: await response.json() };
  }
  const logIn = () => call('POST', '/api/auth/launch', { token: server.token });

  /** What the files of the storage have room for already is used up first. */
  async function logInUntilRefused() {
    let answer = await logIn();
    for (let attempt = 0; attempt < 2_000 && answer.status === 200; attempt += 1) answer = await logIn();
    return answer;
  }

  /** Until not a byte more goes onto it. */
  async function fill(): Promise<void> {
    for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
      const part = `${filler}-${size}`;
      await writeFile(part, 'x'.repeat(size)).catch(() => undefined); // That there is no room is the point.
    }
  }

  it('says so, does nothing that it can not write down, reads on, and goes on when there is room', async () => {
    expect((await call('POST', '/api/alerts/rules', rule)).status).toBe(200);
    await fill();
    const { status, body } = await logInUntilRefused();
    expect([status, errorBodySchema.parse(body)]).toMatchObject([503, { code: 'STORAGE_UNAVAILABLE', hint: expect.stringContaining('space') }]);
    expect(JSON.stringify(body)).not.toMatch(/ENOSPC|SQLITE|at file:/);
    const another = await call('POST', '/api/alerts/rules', { ...rule, name: 'x'.repeat(100) });
    expect([another.status, errorBodySchema.parse(another.body).code]).toEqual([503, 'STORAGE_UNAVAILABLE']);
    expect((await call('GET', '/api/clusters')).status).toBe(200);
    expect((await call('GET', '/api/alerts/rules')).body).toMatchObject([{ name: 'Worst first' }]);
    for (const name of await readdir(folder)) if (name.startsWith('filler')) await rm(join(folder, name));
    expect((await logIn()).status).toBe(200);
    expect((await call('GET', '/api/alerts/rules')).body).toHaveLength(1);
    expect((await call('GET', '/api/audit/verify')).body).toMatchObject({ ok: true, faults: [] });
    expect((await readdir(stateDirectory)).filter((name) => /[0-9a-f-]{36}/.test(name))).toEqual([]);
  });

  it('or may only be read, does not start, and says what to do', async () => {
    const main = join(import.meta.dirname, 'main.ts');
    await server.close();
    mount('-o', 'remount,ro', folder);
    const env = { ...process.env, KUBECONFIG: '/nonexistent/kubeconfig', HOME: '/nonexistent', KUBE_CONTEXT: '', QUARTERDECK_STATE: stateDirectory, PORT: '0' };
    const started = promisify(execFile)(process.execPath, [main], { env });
    await expect(started).rejects.toMatchObject({ code: exitCode.STORAGE_UNAVAILABLE, stderr: expect.stringContaining('writable') });
    mount('-o', 'remount,rw', folder);
  });
});

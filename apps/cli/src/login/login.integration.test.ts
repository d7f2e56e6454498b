import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { LoginSandbox, testKubeconfig } from '@quarterdeck/cluster/testing/login-sandbox';
import type { OidcIssuer } from '@quarterdeck/cluster/testing/oidc-issuer';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

describe.skipIf(testKubeconfig === '')('qd login on a real cluster', () => {
  let sandbox: LoginSandbox;
  let issuer: OidcIssuer;
  let state: string;

  beforeAll(async () => {
    sandbox = await LoginSandbox.open('cli-login');
    issuer = await sandbox.issuer();
    issuer.person = { sub: 'cli-ann', groups: ['on-call'] };
    state = await mkdtemp(join(tmpdir(), 'quarterdeck-cli-'));
    const config = { 'idp-issuer-url': issuer.url, 'client-id': 'quarterdeck', 'idp-certificate-authority': 'issuer-ca.crt' };
    // Writes the kubeconfig.
    await sandbox.connection({ 'auth-provider': { name: 'oidc', config } });
  });
  afterAll(async () => {
    await issuer.stop();
    await rm(state, { recursive: true });
    await sandbox.close();
  });

  function qd(...args: string[]): ChildProcess {
    const main = join(import.meta.dirname, '..', 'main.ts');
    const env = { ...process.env, QUARTERDECK_STATE: state };
    return spawn(process.execPath, [main, 'login', 'sandbox', '--kubeconfig', join(sandbox.folder, 'config'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async function outcome(child: ChildProcess): Promise<{ code: unknown; out: string }> {
    if (child.stdout === null) throw new Error('no output');
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return { code, out };
  }

  it('shows the page to open, says as whom one is logged in, and has no questions the next time', async () => {
    const child = qd('--port', '0');
    const ended = outcome(child);
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    await vi.waitFor(() => expect(said).toMatch(/https:\S+\n/), { timeout: 30_000 });
    const url = /https:\S+authorize\S+/.exec(said)?.[0] ?? '';
    const back = new URL(url).searchParams.get('redirect_uri')?.replace('localhost', '127.0.0.1');
    expect(await (await fetch(`${back}/?${issuer.visit(url)}`)).text()).toContain('You are logged in');
    const first = await ended;
    // The API server may not have found its issuer yet: it looks every ten seconds.
    const known = first.code === 0 ? first : await vi.waitFor(() => onceMore(), { timeout: 60_000, interval: 1_000 });
    expect(known).toEqual({ code: 0, out: expect.stringContaining('Logged in to sandbox as oidc:cli-ann (groups: oidc:on-call') });
    expect(await onceMore()).toEqual(known);
  });

  async function onceMore() {
    const child = qd();
    child.stderr?.resume();
    const ended = await Promise.race([outcome(child), new Promise<null>((resolve) => child.stderr?.once('data', () => resolve(null)))]);
    if (ended !== null) return ended;
    child.kill();
    throw new Error('it asks again');
  }
});

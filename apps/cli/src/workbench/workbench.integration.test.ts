import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../repository.ts';
import { runQd } from '../testing.ts';

const owner = { email: 'ada@example.org', password: 'lanterns over the harbour' };

describe('a workbench of a team, from a terminal', () => {
  let folder: string;
  let server: ChildProcess;
  let url: string;
  const environment = () => ({ QUARTERDECK_STATE: join(folder, 'own'), HOME: folder });
  const qd = (...args: string[]) => runQd(args, { environment: environment(), now: Date.now });
  const logIn = (password = owner.password) =>
    runQd(['auth', 'login', url, '--email', owner.email], {
      environment: environment(),
      input: { isTerminal: false, readAll: async () => `${password}\n`, ask: async () => '' },
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'quarterdeck-auth-'));
    const admin = { QUARTERDECK_ADMIN_EMAIL: owner.email, QUARTERDECK_ADMIN_PASSWORD: owner.password };
    const env = { ...process.env, ...admin, QUARTERDECK_LOG: 'warn', QUARTERDECK_STATE: join(folder, 'server'), PORT: '0', HOME: folder };
    const bundle = inRepository('apps/server/demo/demo.qdb');
    server = spawn(process.execPath, [inRepository('apps/server/src/main.ts'), '--bundle', bundle, '--team'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    url = await new Promise<string>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
      server.stdout?.setEncoding('utf8').once('data', (text: string) => resolve(new URL(text.trim()).origin));
    });
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it('is logged in to, looked at and logged out of', async () => {
    expect(await qd('auth', 'whoami')).toMatchObject({ code: 4, err: expect.stringContaining('qd auth login URL') });
    expect(await logIn('not the password')).toMatchObject({ code: 4, err: expect.stringContaining('password is wrong') });
    expect(await logIn()).toMatchObject({ code: 0, out: expect.stringContaining(`Logged in to ${url} as ${owner.email}`) });
    expect((statSync(join(folder, 'own', 'workbench-login.json')).mode & 0o777).toString(8)).toBe('600');
    const { out } = await qd('auth', 'whoami');
    for (const shown of [url, owner.email, 'Default (Owner)', 'identity.manage', 'all kinds in all namespaces']) expect(out).toContain(shown);
    expect(await runQd(['auth', 'whoami'], { environment: environment(), now: () => Date.now() + 3_700_000 })).toMatchObject({ code: 4 });
    expect((await qd('auth', 'logout')).out).toBe(`Logged out of ${url}.\n`);
    expect((await qd('auth', 'whoami')).code).toBe(4);
  });

  it('gives tokens to programs, and takes them back', async () => {
    await logIn();
    const made = await qd('auth', 'token', 'create', 'ci', '-s', 'session.read', '--days', '1');
    const token = made.out.trim();
    expect(token).toMatch(/^qdp_[0-9a-f]{72}$/);
    const id = /Token (\S+),/.exec(made.err)?.[1] ?? '';
    const program = () => runQd(['auth', 'whoami', '-o', 'json'], { environment: { ...environment(), QUARTERDECK_URL: url, QUARTERDECK_TOKEN: token } });
    expect(JSON.parse((await program()).out)).toMatchObject({ user: owner.email, permissions: ['session.read'] });
    expect((await qd('auth', 'token', 'list')).out).toContain(id);
    expect(await qd('auth', 'token', 'create', 'ci', '-s', 'pod.exac')).toMatchObject({ code: 3 });
    expect(await qd('auth', 'token', 'create', 'ci', '-s', 'identity.manage')).toMatchObject({ code: 5 });
    expect((await qd('auth', 'token', 'revoke', id)).code).toBe(0);
    expect((await program()).code).toBe(4);
    expect((await qd('auth', 'token', 'list')).out).toBe('You have no tokens.\n');
  });

  it.each(['ftp://x', 'http://workbench.example', 'workbench'])('is not sent a password at %s', async (address) => {
    expect(await qd('auth', 'login', address, '--email', 'a@b.c')).toMatchObject({ code: 3, err: expect.stringContaining('https://WORKBENCH') });
  });
});

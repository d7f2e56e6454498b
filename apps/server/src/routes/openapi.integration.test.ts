import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { prepareSchemathesis, schemathesis } from '../testing/schemathesis.ts';

/** Far above what a made-up client asks for: its limits are tested elsewhere. */
const manyCalls = '1000000';

interface Started {
  child: ChildProcess;
  url: URL;
}

async function start(args: string[], environment: Record<string, string>): Promise<Started> {
  const QUARTERDECK_STATE = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
  const nothing = { KUBECONFIG: '/nonexistent/kubeconfig', HOME: '/nonexistent', KUBE_CONTEXT: '' };
  const own = { PORT: '0', QUARTERDECK_STATE, QUARTERDECK_CALLS_PER_SECOND: manyCalls, QUARTERDECK_LOG: 'silent' };
  const env = { ...process.env, ...nothing, ...own, ...environment };
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts'), ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) return { child, url: new URL(line) };
  throw new Error('The server ended before it listened.');
}

async function documentOf({ origin }: URL, token: string): Promise<unknown> {
  return (await fetch(`${origin}/api/openapi.json`, { headers: { authorization: `Bearer ${token}` } })).json();
}

beforeAll(prepareSchemathesis);

/** Thousands of made-up calls, right and wrong ones, of every route: nothing fails unforeseen, and every answer is one that the document names. */
describe('the API, called by its own document', () => {
  let started: Started;
  beforeAll(async () => {
    started = await start([], {});
  });
  afterAll(() => started?.child.kill('SIGTERM'));

  const token = () => new URLSearchParams(started.url.hash.slice(1)).get('token') ?? '';

  it('by somebody who is logged in', { timeout: 180_000 }, async () => {
    const { url } = started;
    const { failures, operations, test_cases, text } = await schemathesis({
      url: url.origin,
      document: await documentOf(url, token()),
      token: token(),
      seconds: 60,
      // It answers as long as an action waits for its approval.
      more: ['--exclude-operation-id', 'followAction'],
    });
    expect(failures, text).toEqual([]);
    expect(operations.tested).toBe(operations.selected);
    expect(test_cases.generated).toBeGreaterThan(operations.selected);
  });

  it('by a stranger', { timeout: 180_000 }, async () => {
    const { url } = started;
    // Before it is known which method a path has, a call that could change something is asked where it comes from.
    const without = ['unsupported_method', 'allow_header_conformance'];
    const { failures, operations, text } = await schemathesis({ url: url.origin, document: await documentOf(url, token()), token: null, seconds: 60, without });
    expect(failures, text).toEqual([]);
    expect(operations.tested).toBe(operations.selected);
  });
});

describe('the API of a team, called by its own document', () => {
  const account = { email: 'ada@example.com', password: 'a long sentence of mine' };
  let started: Started;
  beforeAll(async () => {
    started = await start(['--team'], { QUARTERDECK_ADMIN_EMAIL: account.email, QUARTERDECK_ADMIN_PASSWORD: account.password });
  });
  afterAll(() => started?.child.kill('SIGTERM'));

  it('by its owner: people, roles, policies, sessions and tokens', { timeout: 120_000 }, async () => {
    const { url } = started;
    const body = JSON.stringify({ ...account, as: 'token' });
    const login = await fetch(`${url.origin}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { token } = z.object({ token: z.string() }).parse(await login.json());
    // Whoever logs out is nobody after it.
    const more = ['--include-path-regex', '^/api/(auth|admin)/', '--exclude-operation-id', 'logOut'];
    const { failures, operations, text } = await schemathesis({ url: url.origin, document: await documentOf(url, token), token, seconds: 30, more });
    expect(failures, text).toEqual([]);
    expect(operations.tested).toBeGreaterThan(20);
  });
});

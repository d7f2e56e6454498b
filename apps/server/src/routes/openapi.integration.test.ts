import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareSchemathesis, schemathesis } from '../testing/schemathesis.ts';

/** Far above what a made-up client asks for: its limits are tested elsewhere. */
const manyCalls = '1000000';

/** Thousands of made-up calls, right and wrong ones, of every route: nothing fails unforeseen, and every answer is one that the document names. */
describe('the API, called by its own document', () => {
  let child: ChildProcess;
  let url: URL;

  beforeAll(async () => {
    await prepareSchemathesis();
    const QUARTERDECK_STATE = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    const nothing = { KUBECONFIG: '/nonexistent/kubeconfig', HOME: '/nonexistent', KUBE_CONTEXT: '' };
    const env = { ...process.env, ...nothing, PORT: '0', QUARTERDECK_STATE, QUARTERDECK_CALLS_PER_SECOND: manyCalls, QUARTERDECK_LOG: 'silent' };
    const started = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    let printed = '';
    started.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    await vi.waitFor(() => expect(printed).toContain('\n'), { timeout: 30_000 });
    url = new URL(printed.trim());
  });

  afterAll(() => child?.kill('SIGTERM'));

  const token = () => new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  const document = async () => (await fetch(new URL('/api/openapi.json', url.origin), { headers: { authorization: `Bearer ${token()}` } })).json();

  it('by somebody who is logged in', { timeout: 180_000 }, async () => {
    const { failures, operations, test_cases, text } = await schemathesis({ url: url.origin, document: await document(), token: token(), seconds: 75 });
    expect(failures, text).toEqual([]);
    expect(operations.tested).toBe(operations.total);
    expect(test_cases.generated).toBeGreaterThan(1000);
  });

  it('by a stranger', { timeout: 120_000 }, async () => {
    // Before it is known which method a path has, a call that could change something is asked where it comes from.
    const without = ['unsupported_method', 'allow_header_conformance'];
    const { failures, operations, text } = await schemathesis({ url: url.origin, document: await document(), token: null, seconds: 30, without });
    expect(failures, text).toEqual([]);
    expect(operations.tested).toBe(operations.total);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { listen } from '../config/listen.ts';

/** A collector that keeps what it is sent, as JSON. */
const received: string[] = [];
const collector = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  received.push(`${request.url} ${Buffer.concat(chunks).toString()}`);
  response.end('{}');
});
let endpoint: string;

beforeAll(async () => {
  endpoint = `http://127.0.0.1:${await listen(collector, '127.0.0.1', 0)}`;
});
afterAll(() => collector.close());

it('traces of calls are sent where the environment says so, under the caller, and what is left when it ends', async () => {
  const QUARTERDECK_STATE = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
  const nothing = { KUBECONFIG: '/nonexistent/kubeconfig', HOME: '/nonexistent', KUBE_CONTEXT: '' };
  const env = { ...process.env, ...nothing, QUARTERDECK_STATE, PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: 'workbench' };
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await vi.waitFor(() => expect(printed).toContain('\n'), { timeout: 90_000 });
  const url = new URL(printed.trim());
  const authorization = `Bearer ${new URLSearchParams(url.hash.slice(1)).get('token')}`;
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const response = await fetch(`${url.origin}/api/issues/secret-name`, { headers: { authorization, traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  const all = received.join('\n');
  expect(all).toContain('/v1/traces');
  for (const part of [trace, 'GET getIssue', 'workbench', String(response.headers.get('x-request-id'))]) expect(all).toContain(part);
  expect(all).not.toContain('secret-name');
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { livePath, pageKeyHeader } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer } from '../start-server.ts';
import { onThisMachine } from './exposure.ts';

const run = promisify(execFile);
let folder: string;
const file = (name: string) => join(folder, name);

async function makeCertificate(name: string): Promise<void> {
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const out = ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)];
  await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', ...subject, ...out]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-tls-'));
  await makeCertificate('first');
  await makeCertificate('second');
});

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  /** Common name of the certificate. */
  shown: string;
}

function call(url: string, options: RequestOptions = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { rejectUnauthorized: false, agent: false, ...options }, (response) => {
      const CN = response.socket instanceof TLSSocket ? response.socket.getPeerCertificate().subject.CN : '';
      response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, shown: String(CN) }));
    });
    sent.on('error', reject).end(body);
  });
}

describe('a workbench with TLS of its own', () => {
  let server: RunningServer;
  afterEach(() => server?.close());

  async function start(certificate: string, key: string): Promise<RunningServer> {
    const stateDirectory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    const clusters = { sources: [], current: null };
    const exposure = { ...onThisMachine, tls: { certificate: file(certificate), key: file(key) } };
    return startServer({ exposure, port: 0, stateDirectory, clusters, version: '0.0.0', log: pino({ level: 'silent' }) });
  }

  it('gives a cookie that goes over TLS alone, and says so of itself', async () => {
    server = await start('first.pem', 'first.key');
    const { origin } = new URL(server.url);
    const headers = { origin, 'content-type': 'application/json' };
    const login = await call(`${origin}/api/auth/launch`, { method: 'POST', headers }, JSON.stringify({ token: server.token }));
    expect(login).toMatchObject({ status: 200, headers: { 'strict-transport-security': expect.stringMatching(/max-age=\d+/) } });
    expect(String(login.headers['set-cookie'])).toMatch(/^__Host-quarterdeck=[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    expect(login.headers[pageKeyHeader]).toBeUndefined();
    const cookie = String(login.headers['set-cookie']).split(';')[0];
    expect((await call(`${origin}/api/auth/session`, { headers: { cookie } })).status).toBe(200);
    expect((await call(`${origin}/api/auth/launch`, { method: 'POST', headers: { ...headers, origin: origin.replace('https', 'http') } }, '{}')).status).toBe(
      403,
    );
    await expect(fetch(origin.replace('https', 'http'))).rejects.toThrow();
  });

  it('uses a certificate that was renewed, and goes on with the old one where the new one is broken', async () => {
    for (const kind of ['pem', 'key']) await copyFile(file(`first.${kind}`), file(`own.${kind}`));
    server = await start('own.pem', 'own.key');
    const { origin } = new URL(server.url);
    expect((await call(`${origin}/health`)).shown).toBe('first');
    await writeFile(file('own.pem'), 'not a certificate');
    await copyFile(file('second.key'), file('own.key'));
    expect((await call(`${origin}/health`)).shown).toBe('first');
    await copyFile(file('second.pem'), file('own.pem'));
    await vi.waitFor(async () => expect((await call(`${origin}/health`)).shown).toBe('second'), { timeout: 30_000, interval: 500 });
  });

  it('does not start with a certificate and the key of another', async () => {
    await expect(start('first.pem', 'second.key')).rejects.toMatchObject({ code: 'VALIDATION_ERROR', hint: expect.stringContaining('PEM') });
  });
});

describe('the program', () => {
  const main = join(import.meta.dirname, '..', 'main.ts');
  const nothing = { KUBECONFIG: '/nonexistent/kubeconfig', HOME: '/nonexistent', KUBE_CONTEXT: '' };

  it('refuses other machines where they would come without a login or without TLS, and says what to do', async () => {
    const QUARTERDECK_STATE = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    const env = { ...process.env, ...nothing, QUARTERDECK_STATE, HOST: '0.0.0.0', PORT: '0' };
    await expect(run(process.execPath, [main], { env })).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining('--team') });
    await expect(run(process.execPath, [main, '--team'], { env })).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining('--tls-cert') });
  });

  it('ends in order when it is told to: sockets learn why, and it is not ready meanwhile', async () => {
    const QUARTERDECK_STATE = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    const env = { ...process.env, ...nothing, QUARTERDECK_STATE, PORT: '0' };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    await vi.waitFor(() => expect(printed).toContain('\n'), { timeout: 30_000 });
    const url = new URL(printed.trim());
    const authorization = `Bearer ${new URLSearchParams(url.hash.slice(1)).get('token')}`;
    const socket = new WebSocket(`ws://${url.host}${livePath}`, { headers: { authorization } });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const [code, reason] = await closed;
    expect([code, String(reason)]).toEqual([1001, 'The workbench is ending.']);
    expect(await exit).toEqual([0, null]);
  });
});

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { livePath, pageKeyHeader, socketProtocols, ticketSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer } from '../start-server.ts';
import { onThisMachine, readExposure } from './exposure.ts';
import { listen } from './listen.ts';

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

/** The body of an answer to what a page posts. */
function bodyOf(url: string, headers: Record<string, string>, body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', rejectUnauthorized: false, agent: false, headers }, (response) => resolve(json(response)));
    sent.on('error', reject).end(body);
  });
}

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

/** The program of Debian's package; CI has it. */
const hasNginx = Boolean(process.env.CI) || existsSync('/usr/sbin/nginx');

function nginxConfiguration(listens: number, workbench: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${file(`nginx-${kind}`)};`).join(' ');
  const headers = ['Host $http_host', 'X-Forwarded-For $proxy_add_x_forwarded_for', 'Upgrade $http_upgrade', 'Connection $upgraded'];
  return `daemon off; pid ${file('nginx.pid')}; error_log stderr crit; events {}
http { access_log off; ${temporary} map $http_upgrade $upgraded { default upgrade; '' close; }
  server { listen 127.0.0.1:${listens} ssl; ssl_certificate ${file('first.pem')}; ssl_certificate_key ${file('first.key')};
    location / { proxy_pass http://127.0.0.1:${workbench}; proxy_http_version 1.1; ${headers.map((header) => `proxy_set_header ${header};`).join(' ')} } } }`;
}

describe.skipIf(!hasNginx)('a workbench of a team behind a proxy that has the TLS', () => {
  const account = { email: 'ada@example.com', password: 'a long sentence of mine' };
  let server: RunningServer;
  let nginx: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    const probe = createServer();
    const listens = await listen(probe, '127.0.0.1', 0);
    await new Promise((resolve) => probe.close(resolve));
    origin = `https://127.0.0.1:${listens}`;
    const flags = { 'insecure-behind-proxy': true, 'trusted-proxies': '127.0.0.1', 'public-url': origin };
    const stateDirectory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    const team = { admin: account, oidc: null, demo: false };
    const clusters = { sources: [], current: null };
    const log = pino({ level: 'silent' });
    server = await startServer({ exposure: readExposure(flags, {}, true), port: 0, stateDirectory, clusters, team, version: '0.0.0', log });
    await writeFile(file('nginx.conf'), nginxConfiguration(listens, server.port));
    nginx = spawn('/usr/sbin/nginx', ['-c', file('nginx.conf')], { stdio: ['ignore', 'ignore', 'inherit'] });
    await vi.waitFor(async () => expect((await call(`${origin}/livez`)).status).toBe(200), { timeout: 20_000, interval: 200 });
  });

  afterAll(async () => {
    const exit = once(nginx, 'exit');
    nginx.kill('SIGTERM');
    await exit;
    await server.close();
  });

  async function logIn(): Promise<string> {
    const headers = { origin, 'content-type': 'application/json' };
    const login = await call(`${origin}/api/auth/login`, { method: 'POST', headers }, JSON.stringify(account));
    expect([login.status, String(login.headers['set-cookie'])]).toEqual([
      200,
      expect.stringMatching(/^__Host-quarterdeck=.*; HttpOnly; SameSite=Strict; Secure/),
    ]);
    return String(login.headers['set-cookie']).split(';')[0] ?? '';
  }

  it('is reached by its public address, and by no other', async () => {
    const cookie = await logIn();
    expect((await call(`${origin}/api/auth/session`, { headers: { cookie } })).status).toBe(200);
    expect((await call(`${origin}/api/auth/session`, { headers: { cookie, host: 'evil.example' } })).status).toBe(403);
    expect((await fetch(`http://127.0.0.1:${server.port}/api/auth/session`, { headers: { cookie } })).status).toBe(403);
  });

  it('opens live sockets for its own pages', async () => {
    const cookie = await logIn();
    const answer = await bodyOf(`${origin}/api/tickets`, { cookie, origin, 'content-type': 'application/json' }, '{"purpose":"live"}');
    const { ticket } = ticketSchema.parse(answer);
    const url = `${origin.replace('https', 'wss')}${livePath}`;
    const socket = new WebSocket(url, socketProtocols(ticket), { headers: { cookie, origin }, rejectUnauthorized: false });
    await once(socket, 'open');
    expect(socket.protocol).toBe('quarterdeck.v1');
    socket.close();
  });

  it('takes nobody who comes by the proxy for somebody on this machine', async () => {
    expect((await call(`${origin}/metrics`)).status).toBe(401);
    expect((await call(`${origin}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(401);
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
    await vi.waitFor(() => expect(printed).toContain('\n'), { timeout: 90_000 });
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

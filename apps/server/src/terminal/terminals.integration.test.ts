import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketProtocols, terminalProtocol, terminalSessionSchema, terminalSocketPath, ticketSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { type RunningServer, startServer } from '../start-server.ts';
import { callWorkbench, TerminalPage, terminalTicket } from '../testing/terminal-page.ts';

const stateDirectory = await mkdtemp(join(tmpdir(), 'qd-term-'));
let server: RunningServer;

const start = () =>
  startServer({
    port: 0,
    stateDirectory,
    clusters: { sources: [], current: null },
    terminal: { enabled: true, shell: '/bin/sh', scrollback: 1000, kubeconfigs: [] },
    environment: { ...process.env, QUARTERDECK_KEY: Buffer.alloc(32, 7).toString('base64'), ANTHROPIC_API_KEY: 'model-key' },
    version: '0.0.0-test',
    log: pino({ level: 'silent' }),
  });

beforeAll(async () => {
  server = await start();
});
afterAll(async () => {
  for (const { id } of await sessions()) await call('DELETE', `/api/terminals/${id}`);
  const { pid } = z.object({ pid: z.number() }).parse((await call('GET', '/api/terminals/host')).body);
  process.kill(pid, 'SIGTERM');
  await server.close();
  await rm(stateDirectory, { recursive: true, force: true });
});

const call = (method: string, path: string, body?: unknown) => callWorkbench(server, method, path, body);
const sessions = async () => z.array(terminalSessionSchema).parse((await call('GET', '/api/terminals')).body);
const create = async (request: object = {}) => {
  const { status, body } = await call('POST', '/api/terminals', { columns: 80, rows: 24, ...request });
  expect({ status, body }).toMatchObject({ status: 200 });
  return terminalSessionSchema.parse(body);
};
const ticket = () => terminalTicket(server);
const open = (client?: string) => TerminalPage.open(server, (url, protocols, headers) => new WebSocket(url, protocols, { headers }), client);
const shows = (page: TerminalPage, text: string) => expect.poll(() => page.text, { timeout: 20_000 }).toContain(text);

describe('terminals over the server', () => {
  it('run a shell without what belongs to the workbench, and survive it', async () => {
    const session = await create({ env: { GREETING: 'hello' }, name: 'mine' });
    const page = await open();
    page.attach(session);
    page.type(session, 'echo $GREETING-$ANTHROPIC_API_KEY-$QUARTERDECK_KEY-; stty size; X=kept\n');
    await shows(page, 'hello---\r\n24 80');
    await server.close();
    server = await start();
    expect(await sessions()).toMatchObject([{ id: session.id, name: 'mine', pid: session.pid, state: 'running' }]);
    const again = await open();
    again.attach(session, page.offset);
    again.type(session, 'echo $X-$((6*7))\n');
    await shows(again, 'kept-42');
    expect(again.events('attached')).toMatchObject([{ mode: 'tail', offset: page.offset }]);
  });

  it('have one page that types, and others that look on until they take over', async () => {
    const session = await create();
    const [first, second] = [await open(), await open()];
    first.attach(session);
    await expect.poll(() => first.events('attached')).toHaveLength(1);
    second.attach(session);
    await expect.poll(() => second.events('attached')).toHaveLength(1);
    second.type(session, 'echo second-$((1+1))\n');
    await expect.poll(() => second.events('failed')).toMatchObject([{ code: 'CONFLICT' }]);
    second.send({ type: 'control', control: { type: 'takeOver', session: session.number } });
    second.type(session, 'echo second-$((1+1))\n');
    await shows(first, 'second-2');
    expect(first.text).not.toContain('second-2\r\nsecond-2');
    const { body } = await call('GET', '/api/audit?action=terminal');
    expect(JSON.stringify(body)).toContain('terminal.takeOver');
    expect(JSON.stringify(body)).not.toContain('GREETING":"hello');
  });

  it('take input once, however often it is sent', async () => {
    const session = await create();
    const page = await open('the-same-page');
    page.attach(session);
    const input = { type: 'input', session: session.number, sequence: 1, bytes: Buffer.from('echo once-$((40+2))\n') } as const;
    page.send(input);
    await shows(page, 'once-42');
    page.socket.terminate();
    const again = await open('the-same-page');
    again.attach(session);
    await expect.poll(() => again.events('attached')).toMatchObject([{ taken: 1 }]);
    again.send(input);
    again.send({ ...input, sequence: 2, bytes: Buffer.from('echo twice-$((2*1))\n') });
    await shows(again, 'twice-2');
    expect(again.text.match(/once-42/g)).toHaveLength(1);
  });

  it('end with everything that runs in them', async () => {
    const session = await create();
    const page = await open();
    page.attach(session);
    page.type(session, '(sleep 1000 & echo in-$!-; wait)\n');
    await expect.poll(() => /in-(\d+)-/.exec(page.text)?.[1], { timeout: 10_000 }).toBeDefined();
    const sleeping = Number(/in-(\d+)-/.exec(page.text)?.[1]);
    expect((await call('POST', `/api/terminals/${session.id}/signal`, { signal: 'SIGTERM', pid: process.pid })).body).toEqual({ signalled: [] });
    expect((await call('DELETE', `/api/terminals/${session.id}`)).status).toBe(200);
    await expect.poll(() => readFile(`/proc/${sleeping}/stat`, 'utf8').catch(() => 'gone')).toBe('gone');
    expect((await sessions()).map(({ id }) => id)).not.toContain(session.id);
  });

  it('open for a ticket of their own, from our page, once', async () => {
    const refused = async (protocols: string[], headers: Record<string, string>) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${terminalSocketPath}`, protocols, { headers });
      return new Promise((resolve) => {
        socket.on('unexpected-response', (_request, response) => resolve(response.resume().statusCode));
        socket.on('open', () => resolve('open'));
      });
    };
    const authorization = { authorization: `Bearer ${server.token}` };
    const once = socketProtocols(await ticket(), terminalProtocol);
    expect(await refused(once, { ...authorization, origin: 'http://evil.example' })).toBe(403);
    expect(await refused(once, { ...authorization, host: 'evil.example' })).toBe(403);
    expect(await refused(once, {})).toBe(401);
    expect(await refused(once, authorization)).toBe('open');
    expect(await refused(once, authorization)).toBe(403);
    const other = ticketSchema.parse((await call('POST', '/api/tickets', { purpose: 'live' })).body).ticket;
    expect(await refused(socketProtocols(other, terminalProtocol), authorization)).toBe(403);
    expect(await refused([terminalProtocol], authorization)).toBe(403);
  });

  it('refuse what is no shell, no folder and no frame', async () => {
    expect((await call('POST', '/api/terminals', { columns: 80, rows: 24, shell: '../../bin/sh' })).status).toBe(400);
    expect((await call('POST', '/api/terminals', { columns: 80, rows: 24, cwd: '/nowhere' })).status).toBe(400);
    expect((await call('DELETE', `/api/terminals/${randomUUID()}`)).status).toBe(404);
    const page = await open();
    const closed = new Promise((resolve) => page.socket.on('close', resolve));
    page.socket.send(Buffer.from('nonsense'));
    expect(await closed).toBe(1008);
  });
});

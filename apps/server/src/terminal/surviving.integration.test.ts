import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terminalHostSchema, terminalSessionSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { callWorkbench, TerminalPage, type Workbench } from '../testing/terminal-page.ts';

const program = join(import.meta.dirname, '..', 'main.ts');
/** A drill takes a hundred. */
const kills = Number(process.env.QD_TERMINAL_KILLS ?? 3);
const floodBytes = Number(process.env.QD_TERMINAL_FLOOD ?? 10_000_000);
const many = Number(process.env.QD_TERMINAL_SESSIONS ?? 50);

const state = await mkdtemp(join(tmpdir(), 'qd-survive-'));
const environment = {
  ...process.env,
  QUARTERDECK_STATE: state,
  QUARTERDECK_KEY: Buffer.alloc(32, 9).toString('base64'),
  QUARTERDECK_TERMINAL_SHELL: '/bin/sh',
  QUARTERDECK_LOG: 'silent',
  KUBECONFIG: join(state, 'none'),
  HOME: state,
  PORT: '0',
};
let child: ChildProcess;
let workbench: Workbench;

async function start(): Promise<void> {
  child = spawn(process.execPath, [program], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  workbench = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, port, token] = /http:\/\/127\.0\.0\.1:(\d+)\/#token=(\S+)/.exec(said) ?? [];
      if (port !== undefined && token !== undefined) resolve({ port: Number(port), token });
    });
    child.once('exit', () => reject(new Error(`The workbench ended: ${said}`)));
  });
}

async function kill(): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const call = async (method: string, path: string, body?: unknown) => callWorkbench(workbench, method, path, body);
const host = async () => terminalHostSchema.parse((await call('GET', '/api/terminals/host')).body);
const sessions = async () => {
  const { status, body } = await call('GET', '/api/terminals');
  expect({ status, body }).toMatchObject({ status: 200 });
  return z.array(terminalSessionSchema).parse(body);
};
const create = async () => terminalSessionSchema.parse((await call('POST', '/api/terminals', { columns: 100, rows: 30 })).body);
const end = async (id: string) => call('DELETE', `/api/terminals/${id}`);
const open = (client?: string) => TerminalPage.open(workbench, (url, protocols, headers) => new WebSocket(url, protocols, { headers }), client);
const shows = (page: TerminalPage, text: string) => expect.poll(() => page.text, { timeout: 30_000 }).toContain(text);

beforeAll(start);
afterAll(async () => {
  for (const { id } of await sessions()) await end(id);
  process.kill((await host()).pid, 'SIGTERM');
  await kill();
  await rm(state, { recursive: true, force: true });
});

/** Says where a stream of counting numbers goes wrong. */
class CountedStream {
  bytes = 0;
  wrong: string | null = null;
  private number = 0;
  private rest = '';
  private next: number | null = null;

  take(chunk: Uint8Array, offset: number): void {
    if (this.next !== null && offset !== this.next) this.wrong ??= `at ${this.next} came what belongs at ${offset}`;
    this.next = offset + chunk.byteLength;
    this.bytes += chunk.byteLength;
    const lines = (this.rest + Buffer.from(chunk).toString('latin1')).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      this.number += 1;
      if (line !== String(this.number)) this.wrong ??= `after ${this.number - 1} came ${JSON.stringify(line.slice(0, 40))}`;
    }
  }
}

describe('a shell', () => {
  it('loses and doubles nothing while its workbench is killed, again and again, under output', { timeout: 60_000 + kills * 15_000 }, async () => {
    const session = await create();
    const counted = new CountedStream();
    let page = await open('one-and-the-same');
    page.attach(session);
    // Without the terminal's own changes to what is put out, and without the echo of the command.
    page.type(session, "PS1=; stty -opost -echo; echo rea''dy\n");
    await expect.poll(() => page.text, { timeout: 20_000 }).toContain('ready\n');
    const begin = page.offset;
    page.onOutput = (bytes, offset) => counted.take(bytes, offset);
    page.type(session, 'seq 1 1000000000\n');
    for (let round = 0; round < kills; round += 1) {
      const before = counted.bytes;
      await expect.poll(() => counted.bytes, { timeout: 20_000, interval: 10 }).toBeGreaterThan(before + 500_000);
      await kill();
      await start();
      const { offset } = page;
      page = await open('one-and-the-same');
      page.onOutput = (bytes, at) => counted.take(bytes, at);
      page.attach(session, offset);
      await expect.poll(() => page.events('attached')).toMatchObject([{ mode: 'tail', offset }]);
    }
    await expect.poll(() => counted.wrong).toBeNull();
    expect(counted.bytes).toBe(page.offset - begin);
    expect((await sessions()).find(({ id }) => id === session.id)).toMatchObject({ pid: session.pid, state: 'running' });
    console.info(`${kills} times killed, ${counted.bytes} bytes of output, none lost, none doubled`);
    await end(session.id);
    page.socket.close();
  });

  it('is interrupted at once in a flood, which stops no other shell and takes no memory', { timeout: 120_000 }, async () => {
    const [flooded, other] = [await create(), await create()];
    const page = await open();
    page.attach(other);
    page.type(other, 'PS1=; stty -echo; echo other-$((1+1))\n');
    await shows(page, 'other-2');
    const flood = await open();
    let last = 0;
    flood.attach(flooded);
    flood.type(flooded, 'PS1="do""ne> "; stty -echo\n');
    await shows(flood, 'done> ');
    flood.onOutput = (bytes) => {
      last = performance.now();
      flood.text = (flood.text + Buffer.from(bytes).toString('latin1')).slice(-2000);
    };
    flood.type(flooded, 'yes "a line of a flood that nobody reads"\n');
    const before = flood.offset;
    await expect.poll(() => flood.offset, { timeout: 60_000 }).toBeGreaterThan(before + floodBytes);
    const echoes: number[] = [];
    for (let index = 0; index < 50; index += 1) {
      const at = performance.now();
      page.type(other, `echo echo-$((1000+${index}))\n`);
      await expect.poll(() => page.text, { interval: 1, timeout: 10_000 }).toContain(`echo-${1000 + index}`);
      echoes.push(performance.now() - at);
    }
    const pressed = performance.now();
    flood.text = '';
    flood.type(flooded, '\x03');
    await expect.poll(() => flood.text, { interval: 1, timeout: 10_000 }).toMatch(/done> $/);
    const { memory } = await host();
    console.info(
      `Ctrl+C ${(last - pressed).toFixed(0)} ms; echo of another shell p95 ${echoes.sort((a, b) => a - b)[47]?.toFixed(1)} ms; host ${Math.round(memory / 2 ** 20)} MiB`,
    );
    for (const { id } of [flooded, other]) await end(id);
    for (const each of [page, flood]) each.socket.close();
  });

  it('sends all of a large file, and the host keeps what it keeps', { timeout: 180_000 }, async () => {
    const session = await create();
    const page = await open();
    const counted = new CountedStream();
    page.attach(session);
    page.type(session, "PS1=; stty -opost -echo; echo rea''dy\n");
    await expect.poll(() => page.text, { timeout: 20_000 }).toContain('ready\n');
    const began = performance.now();
    page.onOutput = (bytes, offset) => counted.take(bytes, offset);
    page.type(session, `seq 1 1000000000 | head -c ${floodBytes}\n`);
    await expect.poll(() => counted.bytes, { timeout: 170_000 }).toBe(floodBytes);
    const seconds = (performance.now() - began) / 1000;
    expect(counted.wrong).toBeNull();
    const { memory } = await host();
    console.info(
      `${floodBytes / 1e6} MB in ${seconds.toFixed(1)} s (${(floodBytes / 2 ** 20 / seconds).toFixed(1)} MiB/s); host ${Math.round(memory / 2 ** 20)} MiB`,
    );
    expect(memory).toBeLessThan(600 * 2 ** 20);
    await end(session.id);
    page.socket.close();
  });

  it(`is one of ${many}, each with its own output`, { timeout: 120_000 }, async () => {
    const opened = [];
    for (let index = 0; index < many; index += 1) opened.push(await create());
    const page = await open();
    for (const session of opened) page.attach(session);
    for (const [index, session] of opened.entries()) page.type(session, `seq 1 3000; echo shell-$((${index}+1000))-ends\n`);
    for (const index of opened.keys()) await shows(page, `shell-${index + 1000}-ends`);
    const { memory, sessions: held } = await host();
    console.info(`${held} sessions: host ${Math.round(memory / 2 ** 20)} MiB`);
    await Promise.all(opened.map(({ id }) => end(id)));
    expect(await sessions()).toEqual([]);
    page.socket.close();
  });

  it('that is lost with its host is shown as it was, and told', { timeout: 60_000 }, async () => {
    const session = await create();
    const page = await open();
    page.attach(session);
    page.type(session, 'echo kept-$((20+22)); cd /tmp\n');
    await shows(page, 'kept-42');
    const closed = new Promise((resolve) => page.socket.on('close', resolve));
    // What was put out is on disk a second after it is quiet.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    process.kill((await host()).pid, 'SIGKILL');
    expect(await closed).toBe(1012);
    expect(await sessions()).toMatchObject([{ id: session.id, state: 'lost', number: session.number }]);
    const again = await open();
    again.attach(session, page.offset);
    await shows(again, 'kept-42');
    await shows(again, 'The shell was lost');
    again.type(session, 'ls\n');
    await expect.poll(() => again.events('failed')).toMatchObject([{ code: 'GONE' }]);
    await end(session.id);
    expect(await sessions()).toEqual([]);
    again.socket.close();
  });
});

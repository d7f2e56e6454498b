import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { type BenchContext, MissingNeed } from '../bench.ts';
import { root, runChild, startChild } from '../harness/children.ts';
import type { MeasuredTerminal, TerminalSubject } from './measured-terminal.ts';
import { ParsingScreen } from './parsing-screen.ts';

export const wettyVersion = '3.2.0';
/** With the same library for terminals as ours, which needs no compiler. */
const manifest = { private: true, dependencies: { wetty: wettyVersion, 'socket.io-client': '4.8.1' }, overrides: { 'node-pty': '1.2.0-beta.15' } };
const folder = path.join(root, '.node', 'wetty');
/** As its page says what it has taken. Bytes. */
const commitEvery = 262_144;

interface IoSocket {
  emit(event: string, value: unknown): unknown;
  on(event: string, listener: (value: unknown) => void): unknown;
  disconnect(): unknown;
}
const ioSchema = z.custom<(url: string, options: object) => IoSocket>((value) => typeof value === 'function');

export async function startWetty(context: BenchContext): Promise<TerminalSubject> {
  await install(context);
  const port = await freePort();
  const main = path.join(folder, 'node_modules', 'wetty', 'build', 'main.js');
  const args = [main, '--host', '127.0.0.1', '--port', String(port), '--base', '/wetty', '--command', '/bin/sh'];
  const child = startChild(context.cleanup, process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null || child.pid === undefined) throw new Error('wetty could not be started.');
  await started(child.stdout);
  child.stdout.resume();
  const { pid } = child;
  const io = ioSchema.parse(createRequire(path.join(folder, 'package.json'))('socket.io-client'));
  return {
    pids: async () => [pid],
    open: () => open(io(`http://127.0.0.1:${port}`, { path: '/wetty/socket.io', transports: ['websocket'], forceNew: true })),
  };
}

async function install({ cleanup, tell }: BenchContext): Promise<void> {
  tell(`installing wetty ${wettyVersion} to compare with, unless it is there`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  const { code } = await runChild(cleanup, 'npm', args, { cwd: folder }).catch(() => ({ code: 1 }));
  if (code !== 0) throw new MissingNeed(`wetty ${wettyVersion}, which is measured beside us: npm could not install it.`);
}

async function started(output: NodeJS.ReadableStream): Promise<void> {
  for await (const line of createInterface({ input: output })) if (line.includes('Server started')) return;
  throw new Error('wetty ended before it listened.');
}

async function open(socket: IoSocket): Promise<MeasuredTerminal> {
  const screen = new ParsingScreen(120, 30);
  let taken = 0;
  const terminal: MeasuredTerminal = { onOutput: null, onParsed: null, type: (text) => socket.emit('input', text), close: () => socket.disconnect() };
  const login = new Promise<void>((resolve) => socket.on('login', () => resolve()));
  socket.on('data', (data) => {
    const text = String(data);
    terminal.onOutput?.(text);
    screen.write(text, () => {
      taken += text.length;
      if (taken >= commitEvery) {
        socket.emit('commit', taken);
        taken = 0;
      }
      terminal.onParsed?.(text);
    });
  });
  await login;
  socket.emit('resize', { cols: 120, rows: 30 });
  return terminal;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

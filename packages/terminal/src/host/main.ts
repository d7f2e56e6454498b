import { homedir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { hostPlace } from '../protocol/host-place.ts';
import { allExtensions } from './all-extensions.ts';
import { openPty } from './pty.ts';
import { startPtyHost } from './pty-host.ts';

const { values } = parseArgs({ options: { folder: { type: 'string' }, version: { type: 'string' }, scrollback: { type: 'string' } } });
const { folder, version = '0', scrollback = '5000' } = values;
if (folder === undefined) throw new Error('--folder is needed.');

const report = (what: string, thrown: unknown) =>
  void process.stderr.write(`${new Date().toISOString()} ${what}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);

// The server that started us, and the terminal in which it was started, may go: we stay.
process.on('SIGHUP', () => undefined);
process.on('uncaughtException', (thrown) => report('Nobody caught', thrown));
process.on('unhandledRejection', (thrown) => report('Nobody awaited', thrown));

const end = async () => {
  await host?.close();
  process.exit(0);
};
const host = await startPtyHost({
  place: hostPlace(folder, version),
  version,
  scrollback: Number(scrollback),
  environment: process.env,
  home: homedir(),
  clock: { now: Date.now, monotonic: () => performance.now() },
  openPty,
  wait,
  extensions: allExtensions,
  report,
  onIdle: () => void end(),
});
if (host === null) process.exit(0);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void end());

import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCode, type ForwardStats } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Run, runQd } from '../testing.ts';
import { carryInBackground, startInBackground } from './background-forward.ts';
import { forwardRequestOf, nameOfRequest } from './forward-request.ts';
import { type KeptForward, rememberedForwards, runningForwards } from './kept-forwards.ts';

const kept: KeptForward = {
  name: 'db',
  context: 'dev',
  request: { namespace: 'shop', kind: 'svc', name: 'db', ports: [{ local: 0, remote: 5432 }], address: '127.0.0.1' },
  pid: null,
};

const stats: ForwardStats = {
  ...{ state: 'listening', reason: null, ports: [{ local: 15432, remote: 5432 }], pod: 'db-0', bytesIn: 2048, bytesOut: 10 },
  ...{ openConnections: 1, totalConnections: 3, failedConnections: 0, latency: { last: 2, median: 3, worst: 9 }, connections: [] },
  errors: [{ message: 'refused', count: 2, lastAt: '2026-01-01T00:00:00Z' }],
};

let state: string;
let environment: Record<string, string>;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'qd-forwards-'));
  environment = { QUARTERDECK_STATE: state };
});
afterEach(() => rm(state, { recursive: true }));

const qd = (...args: string[]): Promise<Run> => runQd(['port-forward', ...args], { environment });

/** What a process in the background does, in this one. */
async function carry(signal = new AbortController().signal) {
  const told = { log: '', closed: false };
  const close = async () => {
    told.closed = true;
  };
  const write = (text: string) => {
    told.log += text;
  };
  const forward = { ports: stats.ports, stats: () => stats, close };
  await runningForwards({ environment }).save(kept);
  const ended = carryInBackground(forward, kept, { environment, out: { write, columns: null, colour: false }, signal });
  await expect.poll(async () => (await qd('list')).out).toContain(`${process.pid}`);
  return { told, ended };
}

describe('a forward in the background', () => {
  it('is listed with what it counts, and ended by its name', async () => {
    const { told, ended } = await carry();
    const { out } = await qd('list');
    expect(out).toMatch(/^db +listening +shop\/svc\/db +15432:5432 +1 of 3 +2 KiB +10 B +3 ms +2: refused +\d+ +dev$/m);
    expect(await qd('stop', 'db')).toMatchObject({ code: 0, out: 'db stopped\n' });
    expect(told.closed).toBe(true);
    await ended;
    expect(
      told.log
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).type),
    ).toEqual(['listening', 'error', 'stopped']);
    expect((await qd('list')).out).toBe('');
    expect(await readdir(join(state, 'forwards', 'running'))).toEqual([]);
  });

  it('ends with a signal', async () => {
    const interruption = new AbortController();
    const { told, ended } = await carry(interruption.signal);
    interruption.abort('SIGTERM');
    await ended;
    expect(told.closed).toBe(true);
    expect((await qd('list')).out).toBe('');
  });

  it('is not started twice', async () => {
    const { ended } = await carry();
    await expect(startInBackground(kept, { environment, signal: new AbortController().signal })).rejects.toMatchObject({ code: 'CONFLICT' });
    await qd('stop', '--all');
    await ended;
  });

  it('whose process was killed is told and can be cleared away', async () => {
    await runningForwards({ environment }).save({ ...kept, pid: 1 });
    expect((await qd('list')).out).toMatch(/^db +ended/m);
    expect((await qd('stop', '--all')).out).toBe('db stopped\n');
    expect((await qd('stop', 'db')).err).toContain('No forward db runs in the background');
  });

  it('that never begins says why, and leaves nothing but its log', async () => {
    const kubeconfig = join(state, 'kubeconfig');
    await writeFile(kubeconfig, 'apiVersion: v1\nkind: Config\n');
    const signal = new AbortController().signal;
    const began = await startInBackground({ ...kept, kubeconfig }, { environment: { ...process.env, ...environment }, signal });
    expect(began).toMatchObject({ code: exitCode.KUBECONFIG_INVALID, log: expect.stringContaining('qd: ') });
    const folder = join(state, 'forwards', 'running');
    expect(await readdir(folder)).toEqual(['db.log']);
    expect([(await stat(folder)).mode & 0o777, (await stat(join(folder, 'db.log'))).mode & 0o777]).toEqual([0o700, 0o600]);
  });
});

describe('a forward that is remembered', () => {
  it('is listed, kept from others, and forgotten', async () => {
    await rememberedForwards({ environment }).save(kept);
    expect((await qd('list')).out).toMatch(/^db +remembered +shop\/svc\/db +:5432 /m);
    expect((await stat(join(state, 'forwards', 'remembered', 'db.json'))).mode & 0o777).toBe(0o600);
    expect((await qd('stop', 'db', '--forget')).out).toBe('db forgotten\n');
    expect((await qd('list')).err).toContain('There are none');
  });

  it('is opened again on its own cluster', async () => {
    await rememberedForwards({ environment }).save({ ...kept, kubeconfig: '/k' });
    const chosen: unknown[] = [];
    const openAccess = async (choice: unknown) => {
      chosen.push(choice);
      throw new Error('no cluster');
    };
    await runQd(['port-forward', '--again', 'db'], { environment, openAccess });
    expect(chosen).toMatchObject([{ kubeconfig: '/k', context: 'dev' }]);
    expect((await qd('--again', 'web')).err).toContain('There are: db.');
  });
});

it('has a name that fits a file without being given one', () => {
  const typed = { ports: [':http', '9090'], selector: 'app in (web, api)', address: 'localhost' };
  expect(nameOfRequest(forwardRequestOf(typed, 'shop'))).toBe('app-in-web-api--http');
  expect(nameOfRequest(forwardRequestOf({ target: 'svc/web', ports: ['8080:80'], address: '::1' }, 'shop'))).toBe('web-8080');
});

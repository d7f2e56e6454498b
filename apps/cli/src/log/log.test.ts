import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runQd } from '../testing.ts';
import { openCommandLog } from './command-log.ts';
import { takeLogOptions } from './log-options.ts';
import { logRequests } from './request-log.ts';

describe('the options of the log', () => {
  it.each([
    [['get', 'pods', '--log-level', 'debug', '-A'], ['get', 'pods', '-A'], { '--log-level': 'debug' }],
    [['--log-file=/tmp/a', 'version'], ['version'], { '--log-file': '/tmp/a' }],
    [['just', 'get', '--log-level', 'x'], ['just', 'get', '--log-level', 'x'], {}],
    [['--log-format', 'json', 'exec', 'web', 'sh', '--log-level', 'x'], ['exec', 'web', 'sh', '--log-level', 'x'], { '--log-format': 'json' }],
    [['get', 'pod', 'debug', '--', '--log-level', 'x'], ['get', 'pod', 'debug', '--', '--log-level', 'x'], {}],
  ])('are taken out of %j', (args, line, flags) => {
    expect(takeLogOptions(args)).toEqual({ line, flags });
  });

  it('are refused with what fits', async () => {
    expect(await runQd(['version', '--log-level', 'loud'])).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining('silent, error, warn, info, debug'),
    });
    expect(await runQd(['version', '--log-file'])).toMatchObject({ code: 3, err: expect.stringContaining('--log-file needs a value') });
    expect(await runQd(['version', '--log-file', '/nowhere/at/all'])).toMatchObject({ code: 3, err: expect.stringContaining("can't be written") });
  });
});

describe('the log of a command', () => {
  it('is silent unless asked, and never on stdout', async () => {
    const plain = await runQd(['version']);
    expect(plain.err).toBe('');
    const logged = await runQd(['version', '--log-level', 'info']);
    expect(logged).toMatchObject({ code: 0, out: plain.out, err: '2026-01-01T00:00:00.000Z info  qd version ended code=0 ms=0\n' });
    const off = { environment: { QUARTERDECK_LOG_LEVEL: 'silent', QUARTERDECK_LOG_FILE: '/nowhere/at/all' } };
    expect((await runQd(['version'], off)).err).toBe('');
  });

  it('is added to a file as JSON, for its owner alone, without what was typed', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'qd-log-')), 'qd.log');
    const environment = { QUARTERDECK_LOG_FILE: file, QUARTERDECK_LOG_FORMAT: 'json', QUARTERDECK_STATE: join(file, '..') };
    await runQd(['config', 'get', 'hunter2'], { environment });
    const openAccess = () => Promise.reject(new Error('token=ghp_0123456789abcdefghijABCDEFGHIJ012345 is refused'));
    await runQd(['issues', '--log-level', 'debug'], { environment, openAccess });
    const lines = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines.slice(0, 3)).toEqual([
      expect.objectContaining({ level: 'error', code: 6, error: 'NOT_FOUND', message: expect.stringContaining('qd config get failed') }),
      expect.objectContaining({ level: 'debug', message: 'qd issues begins' }),
      expect.objectContaining({ time: '2026-01-01T00:00:00.000Z', level: 'error', code: 1, error: 'INTERNAL_ERROR' }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('ghp_0123');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('has each request with its answer, without query', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const written: string[] = [];
    const err = { write: (text: string) => written.push(text), columns: null, colour: false };
    const log = openCommandLog({ level: 'debug', file: null, format: 'text' }, { err, now: () => 0 });
    const stop = logRequests(log, () => 0);
    await fetch(`${origin}/api/v1/pods?token=hidden`);
    stop();
    await fetch(`${origin}/later`);
    expect(written).toEqual([`1970-01-01T00:00:00.000Z debug GET ${origin}/api/v1/pods status=404 ms=0\n`]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

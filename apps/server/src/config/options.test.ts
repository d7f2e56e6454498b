import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { listen } from './listen.ts';
import { builtWeb, readOptions } from './options.ts';

describe('options', () => {
  it('have the defaults of a workbench on the own machine', () => {
    expect(readOptions([], { HOME: '/home/me' })).toEqual({
      port: null,
      exposure: { host: '127.0.0.1', tls: null, proxies: null, publicUrl: null },
      bundle: null,
      kubeconfig: null,
      context: null,
      stateDirectory: '/home/me/.local/state/quarterdeck',
      storageUrl: { engine: 'sqlite', path: '/home/me/.local/state/quarterdeck/quarterdeck.db', label: '/home/me/.local/state/quarterdeck/quarterdeck.db' },
      redisUrl: null,
      callsPerSecond: 100,
      team: false,
      proposals: false,
      webFolder: builtWeb,
    });
  });

  it('come from flags and the environment', () => {
    const options = readOptions(['--kubeconfig', 'k', '--context=east'], { PORT: '0', HOST: 'localhost', XDG_STATE_HOME: '/state' });
    expect(options).toMatchObject({ port: 0, exposure: { host: '127.0.0.1' }, kubeconfig: 'k', context: 'east', stateDirectory: '/state/quarterdeck' });
    expect(readOptions([], { XDG_STATE_HOME: '/state', QUARTERDECK_STATE: '/mine' }).stateDirectory).toBe('/mine');
  });

  it('are for a team where either says so', () => {
    expect(readOptions(['--team'], {})).toMatchObject({ team: true });
    expect(readOptions([], { QUARTERDECK_MODE: 'team' })).toMatchObject({ team: true });
  });

  it.each([
    [[], { QUARTERDECK_MODE: 'teams' }],
    [['--bundel', 'x'], {}],
    [['--bundle', 'x', '--context', 'y'], {}],
    [[], { QUARTERDECK_STORAGE: 'mysql://db' }],
    [[], { QUARTERDECK_REDIS: 'localhost:6379' }],
    [[], { PORT: 'http' }],
    [[], { PORT: '70000' }],
    [[], { QUARTERDECK_CALLS_PER_SECOND: 'many' }],
    [[], { HOST: '0.0.0.0' }],
    [[], { HOST: 'workbench.example' }],
  ])('%j with %j are refused', (args, environment) => {
    expect(() => readOptions(args, environment)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR', hint: expect.any(String) }));
  });
});

describe('the port', () => {
  it('that was asked for is never replaced by another', async () => {
    const first = createServer();
    const second = createServer();
    const port = await listen(first, '127.0.0.1', 0);
    await expect(listen(second, '127.0.0.1', port)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(String(port)) });
    first.close();
  });

  it('moves on to the next free one where none was asked for', async () => {
    const servers = [createServer(), createServer()];
    const ports = [];
    for (const server of servers) ports.push(await listen(server, '127.0.0.1', null));
    expect(new Set(ports).size).toBe(2);
    for (const server of servers) server.close();
  });
});

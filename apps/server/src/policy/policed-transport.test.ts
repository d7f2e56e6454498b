import { AppError } from '@quarterdeck/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryTransport } from '../testing/memory-transport.ts';
import { TwoTenants } from '../testing/two-tenants.ts';
import { PolicedTransport } from './policed-transport.ts';
import { Sight } from './sight.ts';

let world: TwoTenants;
let api: PolicedTransport;
const { signal } = new AbortController();

const police = (policy: ConstructorParameters<typeof Sight>[0], authorize = (): AppError | null => null) =>
  new PolicedTransport(new MemoryTransport(world), { sight: new Sight(policy), authorize, kinds: () => world.kinds() });
const get = (path: string, query: Record<string, string> = {}) => ({
  path,
  query,
  subject: { verb: 'get' as const, resource: 'pods', namespace: null },
  signal,
});

beforeEach(() => {
  world = new TwoTenants();
  api = police({ namespaces: [world.homes.north], kinds: ['*'] });
});

describe('a policed transport', () => {
  it('takes what is hidden out of lists, and the count of what is to come', async () => {
    const list = await api.json(get('/api/v1/pods'));
    expect(list).toMatchObject({ items: Array(3).fill({ metadata: { namespace: world.homes.north } }), metadata: { remainingItemCount: undefined } });
    expect(await api.json(get(`/api/v1/namespaces/${world.homes.south}/pods`))).toMatchObject({ items: [] });
  });

  it('takes it out of watches', async () => {
    const { lines } = await api.stream({ ...get('/api/v1/pods', { watch: 'true' }), idleTimeoutMs: 0 });
    const told: string[] = [];
    for await (const line of lines) told.push(line);
    expect(told).toHaveLength(3);
    expect(told.join()).not.toContain(`"namespace":"${world.homes.south}"`);
  });

  it('has nothing else of a hidden namespace, in the same words whether it is there', async () => {
    const south = world.all().find(({ kind, metadata }) => kind === 'Pod' && metadata.namespace === world.homes.south)?.metadata.name;
    const path = (name: string) => `/api/v1/namespaces/${world.homes.south}/pods/${name}`;
    await expect(api.json(get(path(south ?? '')))).rejects.toThrow(`There is no pods ${south} in this cluster that you could see.`);
    await expect(api.json(get(path('nothing')))).rejects.toThrow('There is no pods nothing in this cluster that you could see.');
    await expect(api.text(get(`${path(south ?? '')}/log`), 1000)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(api.socket({ ...get(`${path(south ?? '')}/exec`), protocols: [] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('passes on to a child no list that it can not look into', async () => {
    const relay = (target: string) => api.relay({ method: 'GET', target, headers: {}, body: null, signal });
    await expect(relay('/api/v1/pods')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(relay(`/api/v1/namespaces/${world.homes.south}/pods`)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(relay(`/api/v1/namespaces/${world.homes.south}/secrets/x`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await relay(`/api/v1/namespaces/${world.homes.north}/pods`)).status).toBe(200);
  });

  it('asks the gate about every request that it lets through, and about nothing that is hidden', async () => {
    const asked: string[] = [];
    const refusing = new PolicedTransport(new MemoryTransport(world), {
      sight: new Sight({ namespaces: [world.homes.north], kinds: ['*'] }),
      kinds: () => world.kinds(),
      authorize: ({ info }) => {
        asked.push(`${info?.verb} ${info?.path}`);
        return info?.verb === 'list' ? null : new AppError('FORBIDDEN', 'A person must approve it.');
      },
    });
    await refusing.json(get('/api/v1/pods'));
    const patch = { ...get(`/apis/apps/v1/namespaces/${world.homes.north}/deployments/web`), method: 'PATCH' as const };
    await expect(refusing.json(patch)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(refusing.json({ ...patch, path: patch.path.replace(world.homes.north, world.homes.south) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(asked).toEqual(['list /api/v1/pods', `patch /apis/apps/v1/namespaces/${world.homes.north}/deployments/web`]);
  });
});

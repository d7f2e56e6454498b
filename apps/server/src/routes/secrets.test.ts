import { actPageSchema, type KubeObject, permissions } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { anonymous } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { testApp, testPort } from '../testing/test-app.ts';
import { TwoTenants } from '../testing/two-tenants.ts';

const world = new TwoTenants();
const north: Actor = { ...world.member('north'), id: 'north', permissions: new Set(permissions) };
const actors: Record<string, Actor> = {
  north,
  'without the right': { ...north, permissions: new Set(permissions.filter((permission) => permission !== 'secret.reveal')) },
  'an agent': { ...north, kind: 'agent' },
};

const inNorth = ({ kind, metadata }: KubeObject) => kind === 'Secret' && metadata.namespace === world.homes.north;
const secretIn = (isThere: (object: KubeObject) => boolean) => world.all().find(isThere)?.metadata;

it('shows a value to a person who may, and to nobody else; what is hidden is not there and leaves no act', async () => {
  const { app, services } = await testApp([world.source], { authenticate: async (headers) => actors[headers.get('x-test-actor') ?? ''] ?? anonymous });
  const reveal = async (actor: string, place: KubeObject['metadata'] | undefined) => {
    const headers = { host: `127.0.0.1:${testPort}`, 'x-test-actor': actor, 'content-type': 'application/json' };
    const body = JSON.stringify({ namespace: place?.namespace, name: place?.name, key: 'none' });
    return (await app.request('/api/secrets/reveal', { method: 'POST', headers, body })).status;
  };
  const actsOf = async () => {
    const headers = { host: `127.0.0.1:${testPort}`, 'x-test-actor': 'north' };
    return actPageSchema.parse(await (await app.request('/api/audit?action=secret', { headers })).json()).acts;
  };
  const own = secretIn(inNorth);
  const hidden = secretIn((object) => object.kind === 'Secret' && !inNorth(object));
  expect(own).toBeDefined();
  expect(await reveal('without the right', own)).toBe(403);
  expect(await reveal('north', hidden)).toBe(404);
  expect(await actsOf()).toEqual([]);
  expect([400, 403, 409]).toContain(await reveal('an agent', own));
  expect(await reveal('north', own)).toBe(404);
  expect((await actsOf()).at(0)).toMatchObject({ action: 'secret.reveal', input: { key: 'none' }, result: { outcome: 'failed' } });
  await services.storage.close();
});

import type { RowBatch } from '@quarterdeck/cluster';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { untilRead } from '../clusters/live-list.ts';
import type { Actor } from '../gate/decide.ts';
import { listResources } from '../resources/list-resources.ts';
import type { Services } from '../routes/services.ts';
import { testPod } from '../testing/memory-cluster.ts';
import { testServices } from '../testing/test-app.ts';
import { TwoTenants } from '../testing/two-tenants.ts';

let world: TwoTenants;
let services: Services;
const { signal } = new AbortController();

beforeEach(async () => {
  world = new TwoTenants();
  services = await testServices([world.source]);
});

afterEach(() => services.clusters.close());

const seen = (actor: Actor) => services.clusters.seenBy({ actor }).get(undefined);
const list = (actor: Actor, kind: string, more: object = {}) =>
  listResources(seen(actor), { kind, namespaces: [], labels: [], filter: '', sort: '', offset: 0, limit: 100, ...more }, signal);

describe('rows under a policy', () => {
  it('are counted without what is hidden, in every order and with every filter', async () => {
    const north = world.member('north');
    expect((await list(north, 'Pod')).total).toBe(3);
    expect((await list(north, 'Pod', { sort: '-name', limit: 1 })).items).toMatchObject([{ object: { namespace: world.homes.north } }]);
    expect((await list(north, 'Pod', { filter: `ns:${world.homes.south}` })).total).toBe(0);
    expect((await list(north, 'Pod', { namespaces: [world.homes.south] })).total).toBe(0);
    expect((await list(north, 'Namespace')).items.map(({ object }) => object.name)).toEqual([world.homes.north]);
  });

  it('are of events about visible things alone', async () => {
    expect((await list(world.member('north'), 'Event')).total).toBe(2);
    expect((await list(world.member('north', ['Pod', 'Event']), 'Event')).items.map(({ cells }) => cells.join(' '))).toEqual([expect.stringContaining('Pod/')]);
  });

  it('of a hidden kind are of no kind that there is', async () => {
    await expect(list(world.member('north', ['Pod']), 'Secret')).rejects.toMatchObject({ code: 'NOT_FOUND', details: { near: [] } });
  });

  it('come and go with visible objects, and with nothing else', async () => {
    const pods = await seen(world.member('north')).kind('Pod', signal);
    const rows = await seen(world.member('north')).openRows(pods, []);
    await untilRead(rows, signal);
    const { view, leave } = rows.look({ filter: '', sort: 'name' });
    const told: RowBatch[] = [];
    rows.subscribe((batch) => told.push(batch));
    expect(view.window(0, 10).total).toBe(3);
    world.apply(testPod('new', world.homes.south));
    world.apply(testPod('new', world.homes.north));
    await vi.waitFor(() => expect(view.window(0, 10).total).toBe(4));
    expect(told.flatMap(({ upserts }) => upserts.map(({ row }) => row.object.namespace))).toEqual([world.homes.north]);
    world.delete('Pod', world.homes.north, 'new');
    await vi.waitFor(() => expect(view.window(0, 10).total).toBe(3));
    leave();
    rows.release();
  });

  it('are the shared ones for who sees all', async () => {
    const everybody = { ...world.member('north'), policy: { namespaces: ['*'], kinds: ['*'] } };
    const pods = await seen(everybody).kind('Pod', signal);
    const [one, other] = await Promise.all([seen(everybody).openRows(pods, []), seen(everybody).openRows(pods, [])]);
    await untilRead(one, signal);
    const [mine, theirs] = [one, other].map((rows) => rows.look({ filter: '', sort: 'name' }));
    expect(mine?.view).toBe(theirs?.view);
    one.release();
    other.release();
  });
});

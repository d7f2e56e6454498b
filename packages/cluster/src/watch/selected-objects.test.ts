import type { ResourceKind } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { findKind } from '../discovery/find-kind.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { configMap } from '../testing/fake-responses.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { SelectedObjects } from './selected-objects.ts';

let server: FakeApiServer;
let access: ClusterAccess;
let clock: ManualClock;
let kind: ResourceKind;
let objects: SelectedObjects;

beforeEach(async () => {
  server = new FakeApiServer();
  access = await openCluster(await server.start());
  clock = new ManualClock();
  kind = findKind(await access.kinds(new AbortController().signal), 'cm');
  server.put(configMap('shop', 'a'));
});
afterEach(async () => {
  await objects.close();
  await access.close();
  await server.stop();
});

const select = () => {
  objects = new SelectedObjects(access, kind, { namespace: 'shop' }, clock);
};
const names = () => [...(objects.now()?.values() ?? [])].map(({ metadata }) => metadata.name).sort();
const until = (condition: () => unknown) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 3000, interval: 5 });

describe('selected objects', () => {
  it('are unknown before the first word, and follow what comes and goes', async () => {
    select();
    expect(objects.now()).toBeNull();
    await objects.nextChange(AbortSignal.timeout(3000));
    expect(names()).toEqual(['a']);
    server.put(configMap('other', 'x'));
    server.put(configMap('shop', 'b'));
    await until(() => names().join() === 'a,b');
    const [uid = ''] = objects.now()?.keys() ?? [];
    const gone = objects.untilGone(uid, AbortSignal.timeout(3000));
    server.delete(configMap('shop', 'a'));
    await gone;
    expect(names()).toEqual(['b']);
  });

  it('do not storm a server that ends every stream at once', async () => {
    select();
    await until(() => server.openWatches === 1);
    server.endWatches();
    await until(() => clock.sleeps.includes(1000));
    expect(names()).toEqual(['a']);
  });

  it('end with what will not pass by itself', async () => {
    server.refuseOnce('/configmaps', 403);
    server.refuseOnce('/configmaps', 403);
    select();
    await expect(objects.nextChange(AbortSignal.timeout(3000)).then(() => objects.now())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

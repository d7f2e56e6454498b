import type { KubeObject } from '@quarterdeck/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { findKind } from '../discovery/find-kind.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { configMap, secret } from '../testing/fake-responses.ts';
import { followObject } from './follow-object.ts';

let server: FakeApiServer;
let access: ClusterAccess;
let ending: AbortController;
beforeEach(async () => {
  server = new FakeApiServer();
  access = await openCluster(await server.start());
  ending = new AbortController();
});
afterEach(async () => {
  ending.abort();
  await access.close();
  await server.stop();
});

async function follow(kind: string, name: string): Promise<() => Promise<KubeObject | null | undefined>> {
  const found = findKind(await access.kinds(ending.signal), kind);
  const objects = followObject(access, { kind: found, namespace: 'shop', name }, ending.signal);
  return async () => (await objects.next()).value ?? null;
}

it('tells an object before it is there, as it comes, and when it goes', async () => {
  server.put(configMap('shop', 'other'));
  const next = await follow('cm', 'a');
  expect(await next()).toBeNull();
  server.put(configMap('shop', 'a'));
  expect(await next()).toMatchObject({ kind: 'ConfigMap', metadata: { name: 'a' } });
  server.delete(configMap('shop', 'a'));
  expect(await next()).toBeNull();
});

it('reads a Secret by itself, since lists hold none of its keys', async () => {
  server.put(secret('shop', 'login', { user: 'jo' }));
  const next = await follow('secrets', 'login');
  expect(await next()).toMatchObject({ kind: 'Secret', data: { user: '' } });
});

it('is read once where it may not be watched', async () => {
  server.put(configMap('shop', 'a'));
  server.refuseOnce('/namespaces/shop/configmaps?', 403);
  const next = await follow('cm', 'a');
  expect(await next()).toMatchObject({ metadata: { name: 'a' } });
});

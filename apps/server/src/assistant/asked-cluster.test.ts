import { expect, it } from 'vitest';
import { testServices } from '../testing/test-app.ts';
import { TwoTenants } from '../testing/two-tenants.ts';
import { askedCluster } from './asked-cluster.ts';

it('is asked about what its person sees: objects, issues, plans and the access alike', async () => {
  const world = new TwoTenants();
  const services = await testServices([world.source]);
  const ending = new AbortController();
  const asked = await askedCluster(services, { actor: world.member('north', ['Pod', 'Event']) }, undefined, ending.signal);
  const { issues, view, plan } = await asked.checked(ending.signal);
  expect(view.list('Pod').map(({ metadata }) => metadata.namespace)).toEqual(Array(3).fill(world.homes.north));
  expect([view.list('Service'), view.coverage('Service'), view.scope]).toEqual([[], 'forbidden', [world.homes.north]]);
  const [pods] = (await asked.access.kinds(ending.signal)).filter(({ kind }) => kind === 'Pod');
  const pages: object[] = [];
  if (pods !== undefined) for await (const page of asked.access.list(pods, { signal: ending.signal })) pages.push(page);
  const told = JSON.stringify([issues, issues.map(({ id }) => plan({ issueId: id, userContext: '', horizon: 'short' })), pages]);
  expect(issues.length).toBeGreaterThan(0);
  expect(world.hiddenFrom(world.member('north', ['Pod', 'Event'])).filter((word) => told.includes(word))).toEqual([]);
  ending.abort();
  await services.clusters.close();
});

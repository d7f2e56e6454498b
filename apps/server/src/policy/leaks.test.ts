import { type KubeObject, type RouteDescriptor, refOf, routes } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../gate/decide.ts';
import { tools } from '../mcp/tools.ts';
import { everybody, type LeakHunt, openLeakHunt } from '../testing/leak-hunt.ts';
import { TwoTenants } from '../testing/two-tenants.ts';

const world = new TwoTenants();
const actors: Record<string, Actor> = {
  north: world.member('north'),
  south: world.member('south'),
  'north, few kinds': { ...world.member('north', ['Pod', 'Deployment', 'Event']), id: 'few' },
  nobody: { ...world.member('north'), id: 'nobody', policy: { namespaces: [], kinds: [] } },
};
/** More of them find more, and take their time. */
const rounds = Number(process.env.QD_LEAK_ROUNDS ?? 3);
let hunt: LeakHunt;

beforeAll(async () => {
  const hunted = { cluster: world.id, objects: () => world.all(), hiddenFrom: (actor: Actor) => world.hiddenFrom(actor) };
  hunt = await openLeakHunt({ source: world.source, hunted, actors, rounds });
  await fillStores();
});

afterAll(async () => {
  const { calls, answered, toolCalls, frames } = hunt.counts;
  console.info(`${calls} calls of ${Object.keys(routes).length} routes (${answered} answered 200), ${toolCalls} calls of tools, ${frames} live frames`);
  await hunt.close();
});

/** Somebody who sees all works with everything: what they leave behind must not tell others of it. */
async function fillStores(): Promise<void> {
  const call = async (route: RouteDescriptor, input: Record<string, unknown>) =>
    expect((await hunt.call('everybody', route, input)).status, route.id).toBe(200);
  const both = `${world.homes.south} and ${world.homes.north}`;
  await call(routes.createAlertRule, { name: `pages ${both}`, when: { on: 'issue', namespaces: Object.values(world.homes) }, desktop: true });
  for (const id of (await hunt.issues()).slice(0, 2)) await call(routes.dismissIssue, { id, reason: `because of ${both}` });
  for (const { kind, apiVersion, metadata } of world.all()) {
    if (kind !== 'Deployment') continue;
    const change = { verb: 'scale', target: { apiVersion, kind, namespace: metadata.namespace, name: metadata.name }, replicas: 3 };
    await call(routes.previewAction, { title: both, steps: [{ change }] });
    await hunt.call('everybody', routes.applyChange, { change });
  }
  const [own, other] = [world.homes.north, world.homes.south].map((home) => world.all().find((each) => isDeploymentOf(each, home)));
  const change = { verb: 'annotate', target: targetOf(own), entries: { seen: 'yes' } };
  // What the ledger is asked for below.
  const pod = world.all().find(({ kind, metadata }) => kind === 'Pod' && metadata.namespace === world.homes.south);
  await hunt.call('everybody', routes.applyChange, { change: { ...change, target: targetOf(pod) } });
  await call(routes.previewAction, { title: 'waits for others', steps: [{ change, until: [{ type: 'rolloutComplete', target: targetOf(other) }] }] });
}

function isDeploymentOf({ kind, metadata }: KubeObject, home: string): boolean {
  return kind === 'Deployment' && metadata.namespace === home;
}

function targetOf(object: KubeObject | undefined) {
  return object === undefined ? expect.fail('there is no such object') : refOf(object);
}

async function stir(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    world.stir();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

describe.each(Object.keys(actors))('%s', (name) => {
  it.each(Object.values(routes))('learns nothing hidden from $id', { timeout: 60_000 }, async (route) => {
    expect(await hunt.route(name, route)).toEqual([]);
  });

  it.each(tools)('learns nothing hidden from the tool $name', async (tool) => {
    expect(await hunt.tool(name, tool)).toEqual([]);
  });

  it('learns nothing hidden from live frames, while everything changes', { timeout: 30_000 }, async () => {
    const before = hunt.counts.frames;
    expect(await hunt.live(name, stir)).toEqual([]);
    expect(hunt.counts.frames).toBeGreaterThan(before + 10);
  });
});

it.each([
  'listResources',
  'getTree',
  'listIssues',
  'listEvents',
  'getLogs',
  'getResource',
  'saveSnapshot',
  'listAlertRules',
  'listActions',
  'listActs',
] as const)('%s would be caught if it told', async (id) => {
  const pod = world.all().find(({ kind, metadata }) => kind === 'Pod' && metadata.namespace === world.homes.south)?.metadata;
  const { status, text } = await hunt.call(everybody.id, routes[id], { kind: 'Pod', namespace: pod?.namespace, name: pod?.name });
  const told = world
    .hiddenFrom(world.member('north', []))
    .concat(world.homes.south)
    .filter((word) => text.includes(word));
  expect([status, told.length > 0]).toEqual([200, true]);
});

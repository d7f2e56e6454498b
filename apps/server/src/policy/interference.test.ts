import { type RouteId, routes } from '@quarterdeck/contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Actor } from '../gate/decide.ts';
import { type LeakHunt, openLeakHunt } from '../testing/leak-hunt.ts';
import { TwoTenants } from '../testing/two-tenants.ts';

const world = new TwoTenants();
const few: Actor = { ...world.member('north', ['Pod', 'Deployment', 'Event']), id: 'few' };
const actors: Record<string, Actor> = { north: world.member('north'), few };
let hunt: LeakHunt;

beforeAll(async () => {
  const hunted = { cluster: world.id, objects: () => world.all(), hiddenFrom: () => [] };
  hunt = await openLeakHunt({ source: world.source, hunted, actors, rounds: 1 });
});

afterAll(() => hunt.close());

const pod = world.all().find(({ kind, metadata }) => kind === 'Pod' && metadata.namespace === world.homes.north)?.metadata.name;
const ofNorth = { namespace: world.homes.north };
const questions: [RouteId, Record<string, unknown>][] = [
  ['listKinds', {}],
  ['listNamespaces', {}],
  ...['Pod', 'Service', 'Secret', 'Event', 'Namespace', 'Node'].map((kind): [RouteId, Record<string, unknown>] => ['listResources', { kind }]),
  ['listResources', { kind: 'Pod', namespace: world.homes.south }],
  ['getResource', { kind: 'Pod', ...ofNorth, name: pod }],
  ['getTree', {}],
  ['listIssues', {}],
  ['listIssues', { state: 'resolved' }],
  ['listIssues', { namespace: world.homes.south }],
  ['getCoverage', {}],
  ['listAdvice', {}],
  ['listEvents', {}],
  ['listAlerts', {}],
  ['listAlertRules', {}],
  ['listForwards', {}],
  ['getLogs', { ...ofNorth, name: pod }],
  ['searchLogs', { namespace: world.homes.south, selector: 'app' }],
  ['getTopology', { also: 'policies,config,storage,pods' }],
  ['listHelmReleases', {}],
  ['getMetricsNow', {}],
  ['saveSnapshot', {}],
  ['exportKnowledge', {}],
  ['listActions', {}],
];

/** Without what differs with every call, whatever happened. */
function steady(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
}

async function answers(name: string): Promise<string[]> {
  const all: string[] = [];
  for (const [id, input] of questions) {
    const { status, body } = await hunt.call(name, routes[id], input);
    const issues = id === 'listIssues' && status === 200 ? routes.listIssues.output.parse(JSON.parse(body)) : [];
    all.push(`${id} ${JSON.stringify(input)}: ${status} ${steady(body)}`);
    for (const issue of issues) all.push(steady((await hunt.call(name, routes.getIssue, { id: issue.id })).body));
    for (const { id: issueId } of issues) all.push(steady((await hunt.call(name, routes.createPlan, { issueId })).body));
  }
  return all;
}

// Words are not all that gives something away: a count, an order or an empty place does too.
it.each(Object.keys(actors))('%s is told the same, whatever happens to others', { timeout: 60_000 }, async (name) => {
  await answers(name);
  const [before, ofAll] = [await answers(name), await answers('everybody')];
  const issues = (await hunt.issues()).length;
  world.crowd('south');
  await vi.waitFor(async () => expect((await hunt.issues()).length).toBeGreaterThan(issues), { timeout: 20_000, interval: 200 });
  expect(await answers(name)).toEqual(before);
  expect(await answers('everybody')).not.toEqual(ofAll);
});

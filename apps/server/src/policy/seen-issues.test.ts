import { hiddenRef, type IssueDetail, seesAll } from '@quarterdeck/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Actor } from '../gate/decide.ts';
import { boardOf, type Services } from '../routes/services.ts';
import { testServices } from '../testing/test-app.ts';
import { TwoTenants } from '../testing/two-tenants.ts';

let world: TwoTenants;
let services: Services;

beforeEach(async () => {
  world = new TwoTenants();
  services = await testServices([world.source]);
});

afterEach(() => services.clusters.close());

async function issuesOf(actor: Actor): Promise<{ issues: IssueDetail[]; coverage: string[] }> {
  const seen = services.clusters.seenBy({ actor }).get(undefined);
  const { feed, release } = await seen.holdIssues();
  await feed.ready(AbortSignal.timeout(20_000));
  const board = boardOf(services, seen, feed);
  const issues = board.list({ dismissed: false }).map(({ id }) => board.detail(id));
  const coverage = board.coverage().skipped.map(({ what, reason }) => `${what}: ${reason}`);
  release();
  return { issues, coverage };
}

const everything = (): Actor => ({ ...world.member('north'), id: 'everybody', policy: seesAll });
const few = (): Actor => world.member('north', ['Pod', 'Deployment', 'Event']);

it('tell that the cause is hidden, and nothing of what it is', async () => {
  const whole = await issuesOf(everything());
  expect(whole.issues.find(({ kind, namespace }) => kind === 'PersistentVolumeClaim' && namespace === world.homes.north)?.title).toContain('StorageClass');
  const { issues } = await issuesOf(few());
  const waiting = issues.find(({ chains }) => chains.some((chain) => chain[0]?.object.name === hiddenRef.name));
  expect(waiting).toMatchObject({ kind: 'Pod', explanation: expect.stringContaining('. The cause is something you may not see.') });
  expect(waiting?.chains[0]?.[1]).toMatchObject({ object: { kind: 'Pod' }, relation: 'depends on' });
  expect(world.hiddenFrom(few()).filter((word) => JSON.stringify(issues).includes(word))).toEqual([]);
  expect(issues.every(({ namespace }) => namespace === world.homes.north)).toBe(true);
});

it('say what was left out, and never that it is missing', async () => {
  const { issues, coverage } = await issuesOf(few());
  expect(coverage).toEqual([expect.stringMatching(/^\d+ kinds of objects: your access policy leaves them out$/)]);
  expect(JSON.stringify(issues)).not.toMatch(/does not exist|there is no (Service|Namespace)/);
});

it('put aside by somebody stay in the list of who sees others', async () => {
  const by = (actor: Actor) => services.clusters.seenBy({ actor }).get(undefined);
  const [issue] = (await issuesOf(few())).issues;
  const hold = await by(few()).holdIssues();
  await boardOf(services, by(few()), hold.feed).dismiss(issue?.id ?? '', 'known', 'north');
  hold.release();
  expect((await issuesOf(few())).issues.map(({ id }) => id)).not.toContain(issue?.id);
  expect((await issuesOf(world.member('north', ['Pod', 'Event']))).issues.map(({ id }) => id)).toContain(issue?.id);
});

it('of all are the shared ones themselves for who sees all', async () => {
  const [one, other] = [everything(), { ...everything(), id: 'other' }];
  const holds = await Promise.all([one, other].map((actor) => services.clusters.seenBy({ actor }).get(undefined).holdIssues()));
  expect(holds[0]?.feed).toBe(holds[1]?.feed);
  for (const { release } of holds) release();
});

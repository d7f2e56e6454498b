import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issue } from '@quarterdeck/contract';
import type { Dismissal } from '@quarterdeck/storage';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import type { Dismissals } from './dismissals.ts';
import { openIncidentHistory } from './incident-history.ts';
import { lifeOf } from './issue-life.ts';
import { watchIssues } from './issue-watch.ts';

const seenAt = '2026-05-04T11:00:00.000Z';

function issue(change: Partial<Issue> = {}): Issue {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api' };
  const about = { id: 'a', title: 'api is down', severity: 'high', kind: 'Deployment', namespace: 'shop', name: 'api', detectedAt: seenAt } as const;
  const why = { cause: object, explanation: 'It exits 3 times.', mechanism: 'm', confidence: 'certain', evidence: [], affected: [] } as const;
  return { ...about, ...why, evidence: [], affected: [], ...change };
}

const at = (minute: number) => `2026-05-04T12:${String(minute).padStart(2, '0')}:00.000Z`;

async function stateDirectory() {
  return mkdtemp(join(tmpdir(), 'quarterdeck-'));
}

it('tells detected, changed, resolved and recurred once each, and keeps them over a restart', async () => {
  const directory = await stateDirectory();
  const history = await openIncidentHistory(directory);
  const check = (minute: number, issues: Issue[], complete = true) => history.observe({ cluster: 'c', issues, complete, at: at(minute) });
  const states = async (minute: number, issues: Issue[], complete?: boolean) => (await check(minute, issues, complete)).map(({ state, what }) => [state, what]);
  expect(await states(0, [issue()])).toEqual([['detected', 'api is down']]);
  expect(await states(1, [issue({ explanation: 'It exits 4 times.' })])).toEqual([]);
  expect(await states(2, [issue({ severity: 'critical' })])).toEqual([['changed', 'severity high → critical']]);
  expect(await states(3, [], false)).toEqual([]);
  expect(await states(4, [])).toEqual([['resolved', 'api is down']]);
  expect(history.resolved('c')).toMatchObject([{ resolvedAt: at(4), issue: { id: 'a' } }]);
  const later = await openIncidentHistory(directory);
  expect((await later.observe({ cluster: 'c', issues: [issue()], complete: true, at: at(9) })).map(({ state }) => state)).toEqual(['recurred']);
  expect(later.get('c', 'a')).toMatchObject({ firstSeenAt: at(0), openedAt: at(9), resolvedAt: null, recurrences: 1 });
  expect(later.get('c', 'a')?.transitions.map(({ state }) => state)).toEqual(['detected', 'changed', 'resolved', 'recurred']);
  expect([later.get('other', 'a'), later.resolved('c')]).toEqual([undefined, []]);
});

it('forgets what was resolved long ago, and keeps a bounded number of steps', async () => {
  const history = await openIncidentHistory(await stateDirectory());
  for (let minute = 0; minute < 59; minute++) {
    await history.observe({ cluster: 'c', issues: [issue({ severity: minute % 2 === 0 ? 'high' : 'low' })], complete: true, at: at(minute) });
  }
  expect(history.get('c', 'a')?.transitions).toHaveLength(50);
  await history.observe({ cluster: 'c', issues: [], complete: true, at: at(59) });
  await history.observe({ cluster: 'c', issues: [], complete: true, at: '2026-05-12T00:00:00.000Z' });
  expect(history.get('c', 'a')).toBeUndefined();
});

it('takes back what was put aside when it becomes worse, not when it becomes milder', async () => {
  const kept = new Map<string, Dismissal>();
  const dismissals: Dismissals = {
    get: (_cluster, id) => kept.get(id),
    add: async (dismissal) => void kept.set(dismissal.issueId, dismissal),
    remove: async (_cluster, id) => void kept.delete(id),
    keepOnly: async (_cluster, open) => {
      for (const id of kept.keys()) if (!open.has(id)) kept.delete(id);
    },
    onChange: () => () => undefined,
  };
  const history = await openIncidentHistory(await stateDirectory());
  const onObserved = vi.fn();
  const checked = watchIssues({ dismissals, history, onObserved, now: () => Date.parse(at(30)), log: pino({ level: 'silent' }) });
  const see = async (one: Issue[]) => {
    checked('c', { issues: one, complete: true, whole: true });
    await vi.waitFor(() => expect(history.get('c', 'a')?.issue).toEqual(one[0] ?? expect.anything()));
  };
  await see([issue({ severity: 'medium' })]);
  await dismissals.add({ cluster: 'c', issueId: 'a', reason: 'known', at: at(1), by: 'me' });
  await history.note('c', 'a', { at: at(1), state: 'dismissed', what: 'by me: known' });
  await see([issue({ severity: 'low' })]);
  expect(kept.size).toBe(1);
  await see([issue({ severity: 'high' })]);
  await vi.waitFor(() => expect(kept.size).toBe(0));
  await vi.waitFor(() => expect(history.get('c', 'a')?.transitions.at(-1)).toMatchObject({ state: 'restored', what: 'by itself: it is high now' }));
});

it('says why an issue is still shown although its symptom is gone', () => {
  const life = lifeOf(issue(), undefined, { goneSince: Date.parse(at(1)), closesAt: Date.parse(at(2)), returns: 3 });
  expect(life).toMatchObject({ state: 'held', since: at(1), note: expect.stringContaining('It came back 3 times') });
  expect(lifeOf(issue(), undefined, null)).toMatchObject({ state: 'open', since: seenAt, note: null });
});

import type { DrainEvent, DrainPlan } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { ref } from '../../testing/samples.ts';
import { drainCommand, drainOptionsOf, takesForGood, usualChoice } from './drain-choice.ts';
import { applyDrainEvent, goneOf, inOrder, notBegun } from './drain-progress.ts';

const [api, web, db] = [ref('Pod', 'api'), ref('Pod', 'web'), ref('Pod', 'db')];
const after = (...events: DrainEvent[]) => events.reduce(applyDrainEvent, notBegun);

describe('the progress of a drain', () => {
  it('follows each pod to its end, and shows first what is held up', () => {
    const drain = after(
      { type: 'cordoned', node: 'n1', already: false },
      { type: 'evicting', pod: api },
      { type: 'evicting', pod: web },
      { type: 'evicted', pod: api },
      { type: 'blocked', pod: web, message: 'Budget web allows none.' },
      { type: 'gone', pod: api },
      { type: 'podFailed', pod: db, error: { error: 'No.', code: 'FORBIDDEN', details: {} } },
    );
    expect(drain.state).toBe('running');
    expect(goneOf(drain)).toBe(1);
    expect(inOrder(drain.pods).map(({ pod, state }) => `${pod.name} ${state}`)).toEqual(['db failed', 'web blocked', 'api gone']);
    expect(applyDrainEvent(drain, { type: 'evicting', pod: web }).pods.get('|Pod|shop|web')).toMatchObject({ state: 'evicting', message: null });
  });

  it('ends as the last event says', () => {
    expect(after({ type: 'done', node: 'n1', evicted: 0 }).state).toBe('done');
    expect(after({ type: 'cancelled', node: 'n1', message: 'Stopped.', left: [api] })).toMatchObject({ state: 'cancelled', message: 'Stopped.' });
  });
});

describe('the options of a drain', () => {
  it('are those that were chosen, and none while a number is no number', () => {
    expect(drainOptionsOf({ ...usualChoice, grace: '30' })).toEqual({
      ignoreDaemonSets: true,
      deleteEmptyDirData: false,
      force: false,
      timeoutSeconds: 0,
      gracePeriodSeconds: 30,
    });
    expect(drainOptionsOf({ ...usualChoice, timeout: '1m' })).toBeNull();
  });

  it('are told as kubectl takes them', () => {
    const options = { ignoreDaemonSets: true, deleteEmptyDirData: true, force: false, timeoutSeconds: 60, gracePeriodSeconds: 0, podSelector: 'app in (a,b)' };
    expect(drainCommand('n1', options)).toBe(
      "kubectl drain n1 --ignore-daemonsets --delete-emptydir-data --grace-period=0 --timeout=60s --pod-selector='app in (a,b)'",
    );
  });

  it('take something for good where there is something that nothing brings back', () => {
    const plan = (owner: string | null, notes: string[]): DrainPlan => ({
      node: 'n1',
      cordoned: false,
      evict: [{ pod: api, uid: 'u', owner, notes }],
      skip: [],
      refused: [],
      budgets: [],
    });
    const allowed = { deleteEmptyDirData: true, force: true };
    expect(takesForGood(plan('ReplicaSet api', []), allowed)).toBe(false);
    expect(takesForGood(plan(null, ['Nothing makes it anew.']), allowed)).toBe(true);
    expect(takesForGood(plan('ReplicaSet api', ['Data is lost.']), allowed)).toBe(true);
  });
});

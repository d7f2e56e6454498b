import type { Action, AppError, PlanStep, StepPreview } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../../api/client.ts';
import { action, actionStep, plan, ref } from '../../testing/samples.ts';
import { actionTitle } from './action-words.ts';
import { approveLabel, canBeUndone, freshPreview, missingToApprove, noChangesIn, withoutWayBack } from './approval.ts';
import { diffLines } from './diff-lines.ts';
import { followAction } from './follow-action.ts';
import { carriedOut, chosenSteps } from './plan-choice.ts';

const remove = actionStep({ stepId: 's2', change: { verb: 'delete', target: ref('Pod', 'api-1') } });
const run = actionStep().run;
const preview: StepPreview = {
  request: {
    method: 'DELETE',
    path: '/api/v1/namespaces/shop/pods/api-1',
    query: {},
    contentType: 'application/json',
    subject: { verb: 'delete', group: '', resource: 'pods', namespace: 'shop', name: 'api-1' },
  },
  diff: { fields: [], text: '' },
  resourceVersion: '1',
  warnings: [],
  conflicts: [],
  owners: [],
  managedBy: [],
  impact: { level: 'low', note: '' },
  danger: { danger: 'destructive', reason: '' },
  radius: { level: 'low', note: '', pods: { fate: 'none', count: 0, ready: 0, some: [] }, budgets: [], traffic: [], autoscalers: [], notSeen: [] },
  inverse: { change: null, kubectl: null, note: 'A pod that is gone is not made again.' },
};

describe('diffLines', () => {
  it('tells what was added and removed, and leaves out the names of the files alone', () => {
    const diff = '--- before\n+++ after\n@@ -1,3 +1,3 @@\n spec:\n-  replicas: 1\n+  replicas: 3\n--- kept\n';
    expect(diffLines(diff).map(({ kind }) => kind)).toEqual(['place', 'same', 'removed', 'added', 'removed']);
    expect(diffLines(diff).at(-1)?.text).toBe('--- kept');
  });
});

describe('who may approve', () => {
  it('needs what the changes need besides', () => {
    const steps = { steps: [actionStep(), remove] };
    expect(missingToApprove(steps, ['action.approve', 'resource.write'])).toEqual(['resource.delete']);
    expect(missingToApprove(steps, ['resource.write', 'resource.delete'])).toEqual(['action.approve']);
    expect(missingToApprove(steps, ['action.approve', 'resource.write', 'resource.delete'])).toEqual([]);
  });

  it('is nobody in a recording or a cluster that may only be read', () => {
    expect(noChangesIn({ state: 'recording', readOnly: true })).toContain('recording');
    expect(noChangesIn({ state: 'live', readOnly: true })).toContain('only read');
    expect(noChangesIn({ state: 'live', readOnly: false })).toBeNull();
  });
});

describe('an action in words', () => {
  it('counts its steps, and those that nothing takes back', () => {
    const steps = [actionStep({ preview: { ...preview, inverse: { change: { verb: 'scale' }, kubectl: null, note: null } } }), { ...remove, preview }];
    expect(approveLabel({ steps })).toBe('Approve and carry out 2 steps');
    expect(withoutWayBack({ steps })).toBe(1);
  });

  it('is named by what it does where its title may not be seen', () => {
    expect(actionTitle(action({ title: '' }))).toBe('Scale Deployment shop/api to 3');
  });

  it('finds the fresh preview in a refusal, and nothing where there is none', () => {
    expect(freshPreview({ reason: 'ChangedSincePreview', fresh: 'a2' })).toBe('a2');
    expect(freshPreview({ fresh: 2 })).toBeNull();
  });

  it('can be undone once it is over, where something of it has a way back', () => {
    const done = actionStep({ run: { ...run, state: 'done', undo: { change: { verb: 'scale' }, kubectl: null, note: null } } });
    expect(canBeUndone(action({ state: 'failed', steps: [done, remove] }))).toBe(true);
    expect(canBeUndone(action({ state: 'running', steps: [done] }))).toBe(false);
    expect(canBeUndone(action({ state: 'succeeded', steps: [remove] }))).toBe(false);
    expect(canBeUndone(action({ state: 'rolledBack', undoneBy: 'a2', steps: [done] }))).toBe(false);
  });
});

describe('the steps of a plan', () => {
  const step = (stepId: string, change: Partial<PlanStep> = {}): PlanStep => ({
    stepId,
    description: stepId,
    kubectl: 'kubectl scale deployment api --replicas=3',
    validation: 'It runs.',
    rollback: null,
    impact: 'low',
    ...change,
  });

  it('are carried out where they change something by a command, in their order', () => {
    const steps = plan([step('look', { impact: 'none' }), step('a'), step('talk', { kubectl: null }), step('b')]);
    expect(carriedOut(steps).map(({ stepId }) => stepId)).toEqual(['a', 'b']);
    expect(chosenSteps(steps, new Set())).toEqual(['a', 'b']);
    expect(chosenSteps(steps, new Set(['a']))).toEqual(['b']);
  });
});

/** Answers each call with the next of the bodies. */
function apiOf(bodies: readonly (() => Response)[], asked: { times: number }): ApiClient {
  const fetch = () => {
    const body = bodies[asked.times];
    asked.times += 1;
    return Promise.resolve(body?.() ?? new Response(''));
  };
  return createApiClient(fetch, { read: () => null, write: () => undefined });
}

const lines = (...states: Action['state'][]) => states.map((state) => `${JSON.stringify(action({ state }))}\n`);
const whole = (...states: Action['state'][]) => new Response(lines(...states).join(''));

/** The lines, and then the connection breaks. */
const broken = (...states: Action['state'][]) => {
  const left = lines(...states);
  return new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = left.shift();
        if (next === undefined) controller.error(new TypeError('network error'));
        else controller.enqueue(new TextEncoder().encode(next));
      },
    }),
  );
};

describe('followAction', () => {
  const pause = () => Promise.resolve();

  it('takes up what was cut off, says that it was, and ends with the action', async () => {
    const asked = { times: 0 };
    const told: string[] = [];
    const api = apiOf([() => broken('running'), () => whole(), () => whole('validating', 'succeeded'), () => whole('running')], asked);
    const follower = { onAction: ({ state }: Action) => told.push(state), onLost: (error: AppError | null) => error !== null && told.push('lost') };
    await followAction(api, 'a1', follower, pause, new AbortController().signal);
    expect(told).toEqual(['running', 'lost', 'validating', 'succeeded']);
    expect(asked.times).toBe(3);
  });

  it('does not ask again for what is refused, nor after it was left', async () => {
    const refused = { times: 0 };
    const follower = { onAction: () => undefined, onLost: () => undefined };
    const refusal = JSON.stringify({ error: 'There is no action a1.', code: 'NOT_FOUND', details: {}, requestId: 'r1' });
    const notFound = () => new Response(refusal, { status: 404 });
    await followAction(apiOf([notFound], refused), 'a1', follower, pause, new AbortController().signal);
    expect(refused.times).toBe(1);
    const leaving = new AbortController();
    const left = { times: 0 };
    const goes = { onAction: () => leaving.abort(), onLost: () => undefined };
    await followAction(apiOf([() => whole('running', 'running')], left), 'a1', goes, pause, leaving.signal);
    expect(left.times).toBe(1);
  });
});

import { type Action, type AppError, canBeUndone, type PlanStep, type StepPreview, summaryOf } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../../api/client.ts';
import { en } from '../../messages/en/index.ts';
import { action, actionStep, plan, ref } from '../../testing/samples.ts';
import { actionTitle } from './action-words.ts';
import { freshPreview, isForGood, missingToApprove, noChangesIn, withoutWayBack } from './approval.ts';
import { diffLines } from './diff-lines.ts';
import { followAction } from './follow-action.ts';
import { mergeActions } from './merge-actions.ts';
import { minimalRole } from './minimal-role.ts';
import { carriedOut, chosenSteps } from './plan-choice.ts';
import { previewDifferences } from './preview-differences.ts';
import { stepsSummary } from './steps-summary.ts';

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
    expect(diffLines(diff).map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'removed']);
    expect(diffLines(diff).at(-1)?.text).toBe('--- kept');
  });

  it('folds what lies before and between its parts', () => {
    const diff = '--- a\n+++ b\n@@ -5,2 +5,2 @@\n-a\n+b\n c\n@@ -20,1 +20,1 @@\n-d\n+e\n\\ No newline at end of file\n';
    expect(diffLines(diff).flatMap(({ kind, folded }) => (kind === 'folded' ? [folded] : []))).toEqual([4, 13]);
    expect(diffLines(diff).at(-1)?.text).toBe('+e');
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
    expect(noChangesIn({ state: 'recording', readOnly: true })).toBe('recording');
    expect(noChangesIn({ state: 'live', readOnly: true })).toBe('readOnly');
    expect(noChangesIn({ state: 'live', readOnly: false })).toBeNull();
  });
});

describe('an action in words', () => {
  it('counts steps that nothing takes back, and tells those that take something away from those that make it anew', () => {
    const restart = actionStep({ change: { verb: 'restart', target: ref('Deployment', 'api', 'shop', 'apps/v1'), at: '2026-01-01T12:00:00Z' }, preview });
    const scale = actionStep({ preview: { ...preview, inverse: { change: { verb: 'scale' }, kubectl: null, note: null } } });
    const steps = [scale, { ...remove, preview }, restart];
    expect(withoutWayBack({ steps })).toBe(2);
    expect(steps.map(isForGood)).toEqual([false, true, false]);
  });

  it('comes to objects, pods and what needs a look', () => {
    const replaced = (count: number) => ({ ...preview.radius, pods: { fate: 'replaced' as const, count, ready: count, some: [] } });
    const managed = { tool: 'argo' as const, name: 'shop', note: 'It sets it back.' };
    const refused = { error: 'No.', code: 'FORBIDDEN' as const, details: {} };
    const steps = [
      actionStep({ preview: { ...preview, radius: replaced(2), managedBy: [managed], inverse: { change: {}, kubectl: null, note: null } } }),
      actionStep({ stepId: 's2', preview: { ...preview, radius: replaced(1), warnings: ['Deprecated.'], inverse: { change: {}, kubectl: null, note: null } } }),
      actionStep({ stepId: 's3', refused }),
    ];
    expect(stepsSummary({ steps }, en)).toEqual(['3 objects', '3 pods replaced', '1 would be refused', '1 with a warning', '1 looked after by somebody else']);
  });

  it('is named by what it does where its title may not be seen', () => {
    expect(actionTitle(action({ title: '' }), en)).toBe('Scale Deployment shop/api to 3');
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

describe('a fresh preview', () => {
  const field = (path: string, before: unknown, after: unknown) => ({ path, type: 'changed' as const, before, after });
  const withFields = (...fields: StepPreview['diff']['fields']) => ({ steps: [actionStep({ preview: { ...preview, diff: { fields, text: '' } } })] });

  it('says what is not as it was', () => {
    const before = withFields(field('.spec.replicas', 2, 5), field('.spec.paused', false, true));
    const fresh = withFields(field('.spec.replicas', 3, 5), field('.spec.image', 'a', 'b'));
    expect(previewDifferences(before, fresh, en)).toEqual([
      { stepId: 's1', texts: ['.spec.replicas is 3 now; it was 2', '.spec.image would change now as well', '.spec.paused would not change any more'] },
    ]);
  });

  it('says so where it comes to the same on another object', () => {
    const same = withFields(field('.spec.replicas', 2, 5));
    expect(previewDifferences(same, same, en)).toEqual([{ stepId: 's1', texts: [en.actions.differs.other] }]);
  });
});

describe('the least role', () => {
  const target = ref('Deployment', 'api', 'shop', 'apps/v1');
  const refused = (lacks: object) => ({ error: 'You may not.', code: 'FORBIDDEN' as const, details: { lacks } });

  it('names the verb on that object alone', () => {
    const role = minimalRole({ change: { verb: 'scale', target, replicas: 2 }, refused: refused({ verb: 'patch', resource: 'deployments/scale' }) });
    expect(role).toContain('kind: Role\n');
    expect(role).toContain('apiGroups: ["apps"]\n    resources: ["deployments/scale"]\n    resourceNames: ["api"]\n    verbs: ["get", "patch"]');
  });

  it('is none where another rule refuses it', () => {
    expect(minimalRole({ change: { verb: 'pause', target }, refused: { error: 'Quota.', code: 'FORBIDDEN', details: {} } })).toBeNull();
  });
});

describe('the list of actions', () => {
  it('takes what is told live over what was read, newest first', () => {
    const one = (id: string, createdAt: string, state: Action['state']) => summaryOf(action({ id, createdAt, state }));
    const merged = mergeActions(
      [one('b', '2026-01-02', 'running'), one('c', '2026-01-03', 'previewed')],
      [one('a', '2026-01-01', 'failed'), one('b', '2026-01-02', 'previewed')],
    );
    expect(merged.map(({ id, state }) => `${id} ${state}`)).toEqual(['c previewed', 'b running', 'a failed']);
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
  return createApiClient(fetch, { read: () => null, write: () => undefined }, () => en.api);
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

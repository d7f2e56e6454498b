import { type Plan, planSchema } from '@quarterdeck/contract';
import { brokenCluster } from '@quarterdeck/diagnosis/testing';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../model/model-error.ts';
import { createPrivacy } from '../privacy/create-privacy.ts';
import { defaultPrivacySettings } from '../privacy/privacy-settings.ts';
import { type ScriptedStep, scriptedModel } from '../testing/scripted-model.ts';
import { testCluster } from '../testing/test-cluster.ts';
import { draftPlan, mockPlan } from './draft-plan.ts';

const { signal } = new AbortController();

async function drafted(...script: readonly ScriptedStep[]) {
  const { issues, view, plan } = await testCluster(brokenCluster()).checked(signal);
  const issue = issues.find(({ name }) => name === 'catalog');
  const request = { issueId: issue?.id ?? '', userContext: '', horizon: 'short' } as const;
  const offline = plan(request);
  if (issue === undefined || offline === null) throw new Error('There is no such issue.');
  const model = scriptedModel(...script);
  const parts = { models: model.chain, privacy: createPrivacy({ settings: defaultPrivacySettings }), mark: 'MARK' };
  return { ...(await draftPlan({ request, issue, offline, view }, parts, signal)), offline, asked: model.asked, issue, view };
}

const step = {
  ...{ stepId: 's', description: 'Go back to the image that ran', kubectl: 'kubectl set image deployment/catalog app=web:1 -n shop' },
  ...{ validation: 'kubectl rollout status deployment/catalog -n shop', rollback: null, impact: 'none', evidence: ['E1'] },
};

function answer(...steps: object[]): string {
  const rest = { rootCauseHypotheses: [], evidenceToGather: [], recommendations: [] };
  return JSON.stringify({ quickFix: { summary: 'Another image', assumptions: [], steps, fallback: 'Ask.' }, ...rest });
}

const assumptions = ({ quickFix }: Plan) => quickFix.assumptions.join(' ');

describe('a plan of a model', () => {
  it('is kept where its form, its commands, its objects and its evidence hold', async () => {
    const { plan, model, refused } = await drafted(answer(step, { ...step, kubectl: 'kubectl get pods -n shop', impact: 'high' }));
    expect([model, refused]).toEqual(['scripted/one', null]);
    expect(plan.quickFix.steps.map(({ stepId, impact }) => [stepId, impact])).toEqual([
      ['step-1', 'low'],
      ['step-2', 'none'],
    ]);
    expect(assumptions(plan)).toContain('Drafted by scripted/one');
    expect(planSchema.safeParse(plan).success).toBe(true);
  });

  it.each([
    ['kubectl delete deployment catalog -n shop', /not let through/],
    ['kubectl scale deployment/catalog --replicas=0 -n shop', /not let through/],
    ['kubectl patch pvc data -n shop -p {}', /not let through/],
    ['kubectl delete networkpolicy open -n shop', /not let through/],
    ['kubectl set image deployment/catalog app=web:1 -n shop; rm -rf /', /not let through/],
    ['kubectl set image deployment/catalog app=web:1 -n shop --server=https://evil.example', /not let through/],
    ['kubectl exec catalog -n shop -- sh', /not let through/],
    ['kubectl set image deployment/invented app=web:1 -n shop', /not there/],
  ])('loses the step %s', async (kubectl, reason) => {
    const { plan, model } = await drafted(answer(step, { ...step, kubectl }));
    expect(model).toBe('scripted/one');
    expect(plan.quickFix.steps.map((each) => each.kubectl)).toEqual([step.kubectl]);
    expect(plan.quickFix.fallback).toMatch(reason);
  });

  it('loses steps that cite nothing, or what is not there; with none left the engine’s plan stands and says so', async () => {
    const { plan, model, offline } = await drafted(answer({ ...step, evidence: [] }, { ...step, evidence: ['E99'] }));
    expect(model).toBeNull();
    expect(plan.quickFix.steps).toEqual(offline.quickFix.steps);
    expect(assumptions(plan)).toMatch(/engine's plan.*cites no evidence.*E99/s);
  });

  it('is repaired once where it is not of the form, then given up', async () => {
    const repaired = await drafted('I would restart it.', `Here it is:\n\`\`\`json\n${answer(step)}\n\`\`\``);
    expect(repaired.model).toBe('scripted/one');
    expect(repaired.asked[1]?.messages.at(-1)?.text).toContain('not of the form');
    const given = await drafted('No.', '{"quickFix": {}, "extra": 1}');
    expect([given.model, given.asked.length]).toEqual([null, 2]);
    expect(assumptions(given.plan)).toContain('not of the agreed form');
  });

  it('is the engine’s where the model fails', async () => {
    const { plan, model } = await drafted([new ModelError('auth', 'The key is wrong.', { provider: 'scripted', hint: 'Set another.' })]);
    expect(model).toBeNull();
    expect(assumptions(plan)).toContain('The key is wrong.');
  });

  it('is the same each time where it is only played', async () => {
    const { issue, offline, view } = await drafted('No.');
    const [one, two] = await Promise.all([mockPlan(issue, offline, view), mockPlan(issue, offline, view)]);
    expect(one).toEqual(two);
    expect(assumptions(one)).toContain('CODEX_MOCK_MODE');
    expect(one.quickFix.steps.map(({ kubectl }) => kubectl)).toEqual(offline.quickFix.steps.map(({ kubectl }) => kubectl));
  });
});

import { type ScriptedStep, scriptedModel } from '@quarterdeck/assistant/testing/scripted-model';
import { type PlanFrame, planFrameSchema } from '@quarterdeck/contract';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { noModels, type TestApp, testApp, testPort, testToken } from '../testing/test-app.ts';

const opened: TestApp[] = [];
afterEach(async () => {
  for (const { services } of opened.splice(0)) {
    await services.assistant.close();
    await services.clusters.close();
  }
});

async function workbench(...script: readonly ScriptedStep[]) {
  const cluster = new MemoryCluster();
  cluster.apply(testPod('web', 'shop', 'ImagePullBackOff'));
  const model = scriptedModel(...script);
  const chain = async () => (script.length === 0 ? null : model.chain);
  const app = await testApp([cluster.source], { models: { ...noModels, chain } });
  opened.push(app);
  const [issue] = z.array(z.object({ id: z.string() })).parse((await app.call('GET', '/api/issues')).body);
  return { ...app, issueId: issue?.id ?? '' };
}

async function frames({ app }: TestApp, input: object): Promise<PlanFrame[]> {
  const headers = { host: `127.0.0.1:${testPort}`, authorization: `Bearer ${testToken}`, 'content-type': 'application/json' };
  const response = await app.request('/api/plans', { method: 'POST', headers, body: JSON.stringify(input) });
  expect(response.status).toBe(200);
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => planFrameSchema.parse(JSON.parse(line)));
}

const look = {
  stepId: 's',
  description: 'Look at it',
  kubectl: 'kubectl get pods -n shop',
  validation: 'It is there',
  rollback: null,
  impact: 'none',
  evidence: ['E1'],
};
const draft = JSON.stringify({
  quickFix: { summary: 'Look first', assumptions: [], steps: [look], fallback: 'Ask.' },
  ...{ rootCauseHypotheses: [], evidenceToGather: [], recommendations: [] },
});

describe('a plan and who made it', () => {
  it('is the engine’s at once where no model is wanted', async () => {
    const app = await workbench(draft);
    const told = await frames(app, { issueId: app.issueId });
    expect(told.map(({ type }) => type)).toEqual(['doing', 'planned']);
    expect(told.at(-1)).toMatchObject({ drafted: { source: { by: 'engine', refused: null } } });
  });

  it('is a model’s where one is wanted, with the engine’s beside it and what was done until then', async () => {
    const app = await workbench('no plan at all', draft);
    const told = await frames(app, { issueId: app.issueId, model: true });
    const doings = told.flatMap((frame) => (frame.type === 'doing' ? [frame.doing] : []));
    expect(doings).toEqual(['reading', 'asking', 'judging', 'correcting', 'judging']);
    expect(told.at(-1)).toMatchObject({
      drafted: { source: { by: 'model', model: 'scripted/one' }, plan: { quickFix: { summary: 'Look first' } }, offline: { quickFix: expect.anything() } },
    });
  });

  it('says that there is none for an issue that is gone', async () => {
    const app = await workbench();
    expect((await frames(app, { issueId: 'gone' })).at(-1)).toMatchObject({ type: 'failed', error: { code: 'NOT_FOUND' } });
  });

  it('is carried out as it was drafted, but for what the guardrails refuse', async () => {
    const app = await workbench();
    const step = { ...look, evidence: undefined, impact: 'low' };
    const steps = [
      { ...step, stepId: '1', kubectl: 'kubectl rollout restart deployment/web -n shop' },
      { ...step, stepId: '2', kubectl: 'kubectl delete pod web -n shop' },
    ];
    const drafted = { ...JSON.parse(draft), quickFix: { summary: 'x', assumptions: [], fallback: '', steps } };
    const { status, body } = await app.call('POST', '/api/actions/preview', { plan: { issueId: app.issueId, drafted } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ steps: [{ change: { verb: 'restart' } }], leftOut: [{ stepId: '2', reason: expect.stringContaining('not let through') }] });
  });
});

describe('words and sizes', () => {
  it('are explained without a cluster being asked', async () => {
    const app = await workbench();
    expect((await app.call('POST', '/api/explain', { as: 'exitCode', what: '137' })).body).toMatchObject({ explanation: { title: 'Exit code 137' } });
    expect((await app.call('POST', '/api/explain', { as: 'text', what: 'hello' })).body).toEqual({ explanation: null });
    expect(await app.call('POST', '/api/explain', { as: 'poem', what: 'x' })).toMatchObject({ status: 400, body: { code: 'VALIDATION_ERROR' } });
  });

  it('are not made up where nothing is measured, and only for what has a size', async () => {
    const app = await workbench();
    expect((await app.call('GET', '/api/advice/size?kind=Deployment&namespace=shop&name=web')).body).toMatchObject({ state: 'unmeasured' });
    expect(await app.call('GET', '/api/advice/size?kind=Pod&namespace=shop&name=web')).toMatchObject({ status: 400 });
  });
});

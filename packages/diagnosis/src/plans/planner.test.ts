import { describe, expect, it } from 'vitest';
import type { RemedyStep } from '../model/remedy.ts';
import { ago, runDiagnosis } from '../testing/index.ts';
import { crashLoopStatus, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';
import { checkCommandLine } from './guardrails.ts';
import { planFor } from './planner.ts';
import { situationOf } from './situation.ts';
import { inSafeOrder } from './step-order.ts';

const notFound = unreadyStatus('{waiting: {reason: ImagePullBackOff, message: "local/nginx:2: not found"}}', { phase: 'Pending' });

function oldRevision(ready: number): string {
  return `
kind: ReplicaSet
metadata:
  name: api-old
  creationTimestamp: ${ago(9000)}
  annotations: {deployment.kubernetes.io/revision: "1"}
  ownerReferences: [{kind: Deployment, name: api}]
spec: {replicas: 1, template: {metadata: {labels: {app: api}}, spec: {containers: [{name: app, image: "local/nginx:1"}]}}}
status: {replicas: 1, readyReplicas: ${ready}}
---
`;
}

/** A rollout to an image that does not exist; the old revision serves or is gone. */
function badRollout(options: { oldServes: boolean; metadata?: string; other?: string }): string {
  const ended = options.oldServes ? '' : `, conditions: [{type: Available, status: "False", lastTransitionTime: "${ago(3598)}"}]`;
  return (
    workloadYaml({ name: 'api', container: 'image: local/nginx:2', status: notFound })
      .replace('revision: "1"', 'revision: "2"')
      .replace(
        'template: {metadata: {labels: {app: api}}}}',
        'template: {metadata: {labels: {app: api}}, spec: {containers: [{name: app, image: "local/nginx:2"}]}}}',
      )
      .replace('metadata: {name: api, generation: 1}', `metadata: {name: api, generation: 1, creationTimestamp: "${ago(9000)}"${options.metadata ?? ''}}`)
      .replace('readyReplicas: 0}', `readyReplicas: 0${ended}}`) +
    oldRevision(options.oldServes ? 1 : 0) +
    (options.other ?? '')
  );
}

async function planOf(yaml: string, userContext = '', horizon: 'short' | 'long' = 'short') {
  const { incidents, view } = await runDiagnosis(yaml);
  expect(incidents).toHaveLength(1);
  const [incident] = incidents;
  if (incident === undefined) throw new Error('no incident');
  const plan = planFor(incident, view, { userContext, horizon });
  for (const { kubectl } of plan.quickFix.steps) if (kubectl !== null) expect(checkCommandLine(kubectl)).toMatchObject({ allowed: true });
  return { plan, commands: plan.quickFix.steps.map(({ kubectl }) => kubectl) };
}

const undo = 'kubectl rollout undo deployment/api --to-revision=1 -n shop';
const running = workloadYaml({ name: 'admin', container: 'image: local/nginx:1' });

describe('the way back', () => {
  it('is taken to the last good revision, also where nothing of it runs any more', async () => {
    expect((await planOf(badRollout({ oldServes: true }))).commands).toEqual([undo]);
    const { plan, commands } = await planOf(badRollout({ oldServes: false }));
    expect(commands).toEqual([undo]);
    expect(plan.quickFix.assumptions.join(' ')).toContain('containers[app].image: local/nginx:1 → local/nginx:2');
  });

  it('is only mentioned where the exact repair is known', async () => {
    const { plan, commands } = await planOf(badRollout({ oldServes: false, other: running }));
    expect(commands).toEqual(['kubectl set image deployment/api app=local/nginx:1 -n shop']);
    expect(plan.quickFix.fallback).toContain(undo);
  });

  it('is not taken without proof that it was well', async () => {
    const { commands } = await planOf(badRollout({ oldServes: false }).replace(ago(3598), ago(9000)));
    expect(commands).not.toContain(undo);
  });
});

describe('what a person says', () => {
  it.each([
    ["We can't roll back, the database was migrated.", { noRollback: true }],
    ['Do not restart anything before 18:00', { noRestart: true }],
    ['No downtime please', { noRestart: true }],
    ['image local/nginx:2 is right', { keepImage: true }],
    ["don't change the image", { keepImage: true }],
    ['only tonight, the real fix comes tomorrow', { temporary: true }],
    ['everything is deployed by GitOps', { fromSource: true }],
    ['It is managed by Helm but do not roll back.', { fromSource: true, noRollback: true }],
    ['You can restart and roll back as you like', {}],
    ['The image is broken', {}],
  ])('%s', (text, expected) => {
    const { unused, ...wishes } = situationOf(text);
    const turned = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value));
    expect(turned).toEqual(expected);
    expect(unused.length > 0).toBe(Object.keys(expected).length === 0);
  });

  it('turns the choice: forward where going back is excluded, the decision where nothing else is left', async () => {
    expect((await planOf(badRollout({ oldServes: true, other: running }), 'we cannot roll back')).commands).toEqual([
      'kubectl set image deployment/api app=local/nginx:1 -n shop',
    ]);
    const kept = await planOf(badRollout({ oldServes: true }), 'the image is right');
    expect(kept.commands.join()).not.toMatch(/undo|set image/);
    expect(kept.plan.recommendations.join()).toContain('It changes the image, which you said is right');
    const quiet = await planOf(badRollout({ oldServes: true }), 'do not restart');
    expect(quiet.commands.join()).not.toContain('undo');
    expect(quiet.plan.quickFix.fallback).toContain(undo);
  });

  it('stays with the plan, says what turned nothing, and is never a command', async () => {
    const { plan, commands } = await planOf(badRollout({ oldServes: true }), 'Only for now. kubectl delete ns shop');
    expect(commands).toEqual([undo]);
    expect(plan.quickFix.assumptions).toEqual(
      expect.arrayContaining(['You said: Only for now. kubectl delete ns shop', expect.stringMatching(/^Not used.*kubectl delete ns shop$/)]),
    );
    expect(plan.quickFix.fallback).toContain('take it back later with');
  });
});

describe('a plan', () => {
  it('says where the change must go for what a tool keeps', async () => {
    const argo = await planOf(badRollout({ oldServes: true, metadata: ', annotations: {argocd.argoproj.io/tracking-id: "shop:apps/Deployment:shop/api"}' }));
    expect(argo.plan.quickFix.assumptions.join()).toContain('Deployment api: Argo CD application shop will undo this change');
    const said = await planOf(badRollout({ oldServes: true }), 'this is GitOps');
    expect(said.plan.quickFix.assumptions.join()).toContain('Make the same change there');
  });

  it('says for the long term what in the cluster let it happen', async () => {
    const { plan } = await planOf(
      badRollout({ oldServes: false }).replace('replicas: 1\n  selector', 'replicas: 1\n  strategy: {type: Recreate}\n  selector'),
      '',
      'long',
    );
    expect(plan.recommendations.join('\n')).toMatch(/strategy Recreate: revision 1 was gone before 2 was ready/);
    expect(plan.recommendations.join('\n')).toMatch(/Container app of Deployment api has no readinessProbe/);
  });

  it('gives every changing step a check that is a command, a rollback or none, and its impact', async () => {
    const { plan } = await planOf(workloadYaml({ name: 'api', status: crashLoopStatus(1) }));
    for (const step of plan.quickFix.steps) expect(step.validation.length).toBeGreaterThan(0);
    expect(plan.quickFix.fallback).toContain('What is missing');
  });

  it('puts what others need before them, and restarts last', () => {
    const step = (...kubectl: string[]): RemedyStep => ({
      description: kubectl.join(' '),
      kubectl: [...kubectl, '-n', 'shop'],
      validation: 'v',
      rollback: null,
      impact: 'low',
    });
    const look = step('get', 'pods');
    const steps = [
      look,
      step('rollout', 'restart', 'deployment/api'),
      step('set', 'env', 'deployment/api', 'A=b'),
      step('patch', 'configmap', 'a', '-p', '{"data":{"a":"b"}}'),
      step('create', 'serviceaccount', 'x'),
      step('describe', 'pod', 'a'),
    ];
    expect(inSafeOrder(steps).map(({ description }) => description.split(' ').slice(0, 2).join(' '))).toEqual([
      'get pods',
      'create serviceaccount',
      'patch configmap',
      'set env',
      'rollout restart',
      'describe pod',
    ]);
  });
});

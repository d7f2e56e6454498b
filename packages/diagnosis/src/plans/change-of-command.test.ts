import { refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { effectOfCommand } from './change-of-command.ts';
import { stepsOfPlan } from './steps-of-plan.ts';

const at = '2026-01-01T00:00:00Z';
const facts = { at, containers: async () => ['app', 'sidecar'] };
const web = refTo('Deployment', 'shop', 'web');
const service = refTo('Service', 'shop', 'web');
const nightly = refTo('CronJob', 'shop', 'nightly');
const template = (spec: object) => ({ spec: { template: { spec } } });

describe('a command of a plan as a change', () => {
  it.each([
    ['rollout restart deployment/web -n shop', { verb: 'restart', target: web, at }],
    ['rollout undo deployment/web -n shop --to-revision=3', { verb: 'undo', target: web, toRevision: 3 }],
    ['rollout undo deployment web -n shop', { verb: 'undo', target: web }],
    ['rollout resume deployment/web -n shop', { verb: 'resume', target: web }],
    ['set image deployment/web app=r.example/app:2 -n shop', { verb: 'setImage', target: web, images: { app: 'r.example/app:2' } }],
    ['scale deploy web --replicas=2 -n shop', { verb: 'scale', target: web, replicas: 2 }],
    ['label svc web app=web old- -n shop --overwrite', { verb: 'label', target: service, entries: { app: 'web', old: null }, overwrite: true }],
    [
      'patch svc web --type=json -p \'[{"op":"remove","path":"/spec/a"}]\' -n shop',
      { verb: 'patch', target: service, patchType: 'json', patch: [{ op: 'remove', path: '/spec/a' }] },
    ],
    ['patch deploy web -p \'{"spec":{"replicas":2}}\' -n shop', { verb: 'patch', target: web, patchType: 'strategic', patch: { spec: { replicas: 2 } } }],
    [
      'set selector service web app=web,tier=front -n shop',
      { verb: 'patch', target: service, patchType: 'json', patch: [{ op: 'replace', path: '/spec/selector', value: { app: 'web', tier: 'front' } }] },
    ],
    [
      'set serviceaccount deployment/web robot -n shop',
      { verb: 'patch', target: web, patchType: 'strategic', patch: template({ serviceAccountName: 'robot' }) },
    ],
    [
      "set env deployment/web -c app 'URL=http://db:1/?a=b' OLD- -n shop",
      {
        ...{ verb: 'patch', target: web, patchType: 'strategic' },
        patch: template({
          containers: [
            {
              name: 'app',
              env: [
                { name: 'URL', value: 'http://db:1/?a=b', valueFrom: null },
                { name: 'OLD', $patch: 'delete' },
              ],
            },
          ],
        }),
      },
    ],
    [
      'set resources deployment/web --limits=memory=64Mi -n shop',
      {
        verb: 'patch',
        target: web,
        patchType: 'strategic',
        patch: template({ containers: ['app', 'sidecar'].map((name) => ({ name, resources: { limits: { memory: '64Mi' } } })) }),
      },
    ],
    [
      'set image cronjob/nightly work=r.example/app:2 -n shop',
      {
        verb: 'patch',
        target: nightly,
        patchType: 'strategic',
        patch: { spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'work', image: 'r.example/app:2' }] } } } } } },
      },
    ],
    [
      'create configmap settings --from-literal=a=1 --from-literal=b=x=y -n shop',
      {
        verb: 'create',
        target: refTo('ConfigMap', 'shop', 'settings'),
        manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { a: '1', b: 'x=y' } },
      },
    ],
  ])('%s', async (line, change) => {
    expect(await effectOfCommand(`kubectl ${line}`, facts)).toEqual({ value: { effect: 'change', change }, problem: '' });
  });

  it.each(['describe pod web -n shop', 'get pods -n shop', 'logs deploy/web -n shop --previous'])('%s only looks', async (line) => {
    expect((await effectOfCommand(`kubectl ${line}`, facts)).value).toEqual({ effect: 'look' });
  });

  it.each(['kubectl delete pod web -n shop', 'kubectl get pods; reboot', 'helm rollback web'])('%s is not understood', async (line) => {
    expect((await effectOfCommand(line, facts)).value).toBeNull();
  });

  it('says that it does not know which containers are meant', async () => {
    const nobody = { at, containers: async () => [] };
    expect(await effectOfCommand('kubectl set env deployment/web A=1 -n shop', nobody)).toMatchObject({
      value: null,
      problem: expect.stringContaining('containers'),
    });
  });
});

describe('the steps of a plan', () => {
  const step = (stepId: string, kubectl: string | null, validation = 'Look at it.') => ({
    stepId,
    description: stepId,
    kubectl,
    validation,
    rollback: null,
    impact: 'low' as const,
  });
  const plan = (...steps: ReturnType<typeof step>[]) => ({
    ...{ quickFix: { summary: 'Fix it.', assumptions: [], steps, fallback: '' }, rootCauseHypotheses: [], evidenceToGather: [], recommendations: [] },
  });
  const read = { at, object: async () => null, only: null };

  it('are those that change something; of the others it is said why not', async () => {
    const { steps, leftOut } = await stepsOfPlan(
      plan(
        step('look', 'kubectl get pods -n shop'),
        step('do', 'kubectl rollout restart deployment/web -n shop'),
        step('think', null),
        step('harm', 'kubectl delete ns shop'),
      ),
      read,
    );
    expect(steps).toEqual([{ description: 'do', change: { verb: 'restart', target: web, at } }]);
    expect(leftOut.map(({ stepId }) => stepId)).toEqual(['look', 'think', 'harm']);
    expect(leftOut.at(-1)?.reason).toContain('not let through');
  });

  it('wait for the rollout that their check names, as long as it says', async () => {
    const other = 'kubectl rollout status deployment/api -n shop --timeout=60s ends with success.';
    const restart = 'kubectl rollout restart deployment/web -n shop';
    const own = await stepsOfPlan(plan(step('own', restart, other.replace('/api', '/web'))), read);
    expect(own.steps).toMatchObject([{ timeoutSeconds: 60 }]);
    expect(own.steps[0]?.until).toBeUndefined();
    const { steps } = await stepsOfPlan(plan(step('other', restart, other)), read);
    expect(steps[0]?.until).toEqual([{ type: 'rolloutComplete', target: refTo('Deployment', 'shop', 'api') }]);
  });

  it('are those that were chosen', async () => {
    const restart = (stepId: string) => step(stepId, 'kubectl rollout restart deployment/web -n shop');
    const { steps, leftOut } = await stepsOfPlan(plan(restart('s1'), restart('s2')), { ...read, only: ['s2'] });
    expect([steps.length, leftOut[0]?.stepId]).toEqual([1, 's1']);
  });
});

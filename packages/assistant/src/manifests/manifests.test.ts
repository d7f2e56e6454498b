import type { OpenApiSchema } from '@quarterdeck/cluster';
import { healthyCluster } from '@quarterdeck/diagnosis/testing';
import { describe, expect, it } from 'vitest';
import { testCluster } from '../testing/test-cluster.ts';
import { checkSchema } from './check-schema.ts';
import { generateManifest } from './generate-manifest.ts';
import { makeManifest, templates } from './make-manifest.ts';
import { repairs } from './repairs.ts';

const kinds = (description: string) => makeManifest(description, 'shop').objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
const one = (description: string) => makeManifest(description, 'shop').objects[0];
const { signal } = new AbortController();

describe('a description in words', () => {
  it.each([
    ['a web app with 3 replicas from nginx:1.27 behind an ingress at shop.example.com', ['Deployment/web', 'Service/web', 'Ingress/web']],
    ['deployment called api from ghcr.io/team/api:4 on port 9090', ['Deployment/api', 'Service/api']],
    ['a worker from registry.example.com/worker:1', ['Deployment/worker']],
    ['a postgres:17 database with 10Gi storage and POSTGRES_PASSWORD=change-me', ['Service/postgres', 'StatefulSet/postgres']],
    ['a nightly backup job from registry.example.com/backup:2 running "backup --all"', ['CronJob/backup']],
    ['a job from registry.example.com/migrate:7 running "migrate up"', ['Job/migrate']],
    ['a configmap web-settings with LOG_LEVEL=info', ['ConfigMap/web-settings']],
    ['a secret db-login with USERNAME=app', ['Secret/db-login']],
    ['an autoscaler for checkout between 2 and 10 replicas at 70% cpu', ['HorizontalPodAutoscaler/checkout']],
    ['a disruption budget for checkout with at least 1', ['PodDisruptionBudget/checkout']],
    ['a network policy that lets only frontend reach api on port 8080', ['NetworkPolicy/api-from-frontend']],
    ['a network policy that denies all', ['NetworkPolicy/deny-all']],
    ['a role that lets the service account deployer get and list pods', ['ServiceAccount/deployer', 'Role/deployer-pods', 'RoleBinding/deployer-pods']],
    ['a namespace team-a with a quota of 4 cpu and 8Gi memory', ['Namespace/team-a', 'ResourceQuota/quota', 'LimitRange/defaults']],
    ['a service for checkout on port 80 to 8080', ['Service/checkout']],
    ['a web app from nginx:1.27 that autoscales between 2 and 6', ['Deployment/web', 'Service/web', 'HorizontalPodAutoscaler/web']],
  ])('%s', (description, made) => expect(kinds(description)).toEqual(made));

  it('gives what it names to the objects, and says what was assumed', () => {
    const { objects, parameters } = makeManifest(
      'a web app with 3 replicas from nginx:1.27 behind an https ingress at shop.example.com with 256Mi memory',
      'shop',
    );
    expect(objects[0]).toMatchObject({
      metadata: { namespace: 'shop' },
      spec: {
        replicas: 3,
        template: { spec: { containers: [{ image: 'nginx:1.27', ports: [{ containerPort: 80 }], resources: { limits: { memory: '256Mi' } } }] } },
      },
    });
    expect(objects[2]).toMatchObject({ spec: { tls: [{ hosts: ['shop.example.com'] }], rules: [{ host: 'shop.example.com' }] } });
    expect(parameters).toContainEqual({ name: 'replicas', value: '3', said: true });
    expect(parameters).toContainEqual({ name: 'cpu request', value: '50m', said: false });
  });

  it.each([
    ['a nightly job from a:1', '0 2 * * *'],
    ['a job from a:1 every 15 minutes', '*/15 * * * *'],
    ['a job from a:1 daily at 4:30', '30 4 * * *'],
    ['a job from a:1 every monday at 9 am', '0 9 * * 1'],
    ['a cronjob from a:1 with schedule "5 4 * * 2"', '5 4 * * 2'],
  ])('%s: %s', (description, schedule) => expect(one(description)).toMatchObject({ kind: 'CronJob', spec: { schedule } }));

  it('of another kind is refused with what there is', () => {
    expect(() => makeManifest('something nice', 'shop')).toThrow(expect.objectContaining({ code: 'UNSUPPORTED', hint: expect.stringContaining('a web app') }));
  });
});

describe('what is made', () => {
  it.each(templates.map(({ id, example }) => [id, example]))('by %s passes the checks of the lint layer', async (_, example) => {
    const { problems, unchecked } = await generateManifest(testCluster(healthyCluster()).access, example, { namespace: 'shop', signal });
    // The image of an example is the person's own to name, and so is the user that it runs as.
    expect(problems.filter(({ code }) => code !== 'runs-as-root' && code !== 'single-replica')).toEqual([]);
    expect(unchecked).toHaveLength(1);
  });
});

const schemas: Record<string, OpenApiSchema> = {
  Thing: {
    type: 'object',
    'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Thing' }],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: { allOf: [{ $ref: '#/components/schemas/Spec' }] },
    },
  },
  Spec: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      replicas: { type: 'integer' },
      mode: { type: 'string', enum: ['A', 'B'] },
      port: { type: 'string', format: 'int-or-string' },
      items: { type: 'array', items: { type: 'string' } },
    },
  },
};
const thing = (spec: object) => ({ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'one' }, spec });

describe('the schema of a cluster', () => {
  it.each([
    [{ name: 'a', replicas: 2, mode: 'A', port: 80, items: ['x'] }, []],
    [{ name: 'a', replica: 2 }, [['spec.replica', 'is no field of the kind. Is replicas meant?']]],
    [
      { replicas: 'two' },
      [
        ['spec.name', 'is required and missing.'],
        ['spec.replicas', 'is string and must be integer.'],
      ],
    ],
    [{ name: 'a', mode: 'C' }, [['spec.mode', 'C is not one of A, B.']]],
    [{ name: 'a', items: ['x', 3] }, [['spec.items[1]', 'is number and must be string.']]],
  ])('judges %j', (spec, found) => expect(checkSchema(thing(spec), schemas).map(({ path, message }) => [path, message])).toEqual(found));

  it('leads to a repair of what it does not know', () => {
    const [problem] = checkSchema(thing({ name: 'a', extra: { deep: 1 } }), schemas);
    const repair = repairs.find((each) => problem !== undefined && each.answers(problem));
    expect(problem && repair?.apply(thing({ name: 'a', extra: { deep: 1 } }), problem)).toEqual(thing({ name: 'a' }));
  });
});

import { AppError, type BuiltInKind, builtInKinds, type Change, type KubeObject, type ResourceKind, refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { asDryRun, type ChangeFacts, requestOf } from './request-of.ts';

const plurals: Partial<Record<BuiltInKind, string>> = { Deployment: 'deployments', Pod: 'pods', Node: 'nodes', CronJob: 'cronjobs', ConfigMap: 'configmaps' };

function kindOf(kind: BuiltInKind): ResourceKind {
  const { apiVersion, namespaced } = builtInKinds[kind];
  return { apiVersion, kind, namespaced, plural: plurals[kind] ?? '', shortNames: [], group: 'workloads', verbs: [] };
}

const web = refTo('Deployment', 'shop', 'web');
const pod = refTo('Pod', 'shop', 'web-1');
const node = refTo('Node', null, 'one');
const nightly = refTo('CronJob', 'shop', 'nightly');
const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };
const deployments = '/apis/apps/v1/namespaces/shop/deployments';
const cronJob: KubeObject = Object.assign(
  { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly', namespace: 'shop', uid: 'u1' } },
  { spec: { jobTemplate: { metadata: { labels: { a: 'b' } }, spec: { backoffLimit: 1 } } } },
);

const request = (change: Change, facts: Partial<ChangeFacts> = {}) => {
  const kind = Object.keys(builtInKinds).find((name): name is BuiltInKind => name === change.target.kind) ?? 'Pod';
  return requestOf(change, { kind: kindOf(kind), ...facts });
};

describe('requestOf', () => {
  const merge = 'application/merge-patch+json';
  const strategic = 'application/strategic-merge-patch+json';

  it.each<[Change, string, string, string, unknown]>([
    [{ verb: 'apply', target: web, manifest, force: false }, 'PATCH', `${deployments}/web`, 'application/apply-patch+yaml', manifest],
    [{ verb: 'create', target: web, manifest }, 'POST', deployments, 'application/json', manifest],
    [{ verb: 'replace', target: web, manifest }, 'PUT', `${deployments}/web`, 'application/json', manifest],
    [{ verb: 'patch', target: web, patchType: 'json', patch: [{ op: 'x' }] }, 'PATCH', `${deployments}/web`, 'application/json-patch+json', [{ op: 'x' }]],
    [{ verb: 'patch', target: web, patchType: 'merge', patch: {}, subresource: 'status' }, 'PATCH', `${deployments}/web/status`, merge, {}],
    [
      { verb: 'scale', target: web, replicas: 2, resourceVersion: '7' },
      'PATCH',
      `${deployments}/web/scale`,
      merge,
      { metadata: { resourceVersion: '7' }, spec: { replicas: 2 } },
    ],
    [{ verb: 'pause', target: web }, 'PATCH', `${deployments}/web`, merge, { spec: { paused: true } }],
    [
      { verb: 'setImage', target: web, images: { a: 'x:1' } },
      'PATCH',
      `${deployments}/web`,
      strategic,
      { spec: { template: { spec: { containers: [{ name: 'a', image: 'x:1' }] } } } },
    ],
    [{ verb: 'cordon', target: node }, 'PATCH', '/api/v1/nodes/one', merge, { spec: { unschedulable: true } }],
    [{ verb: 'uncordon', target: node }, 'PATCH', '/api/v1/nodes/one', merge, { spec: { unschedulable: null } }],
    [{ verb: 'suspend', target: nightly }, 'PATCH', '/apis/batch/v1/namespaces/shop/cronjobs/nightly', merge, { spec: { suspend: true } }],
    [
      { verb: 'label', target: pod, entries: { a: 'b', c: null }, overwrite: true },
      'PATCH',
      '/api/v1/namespaces/shop/pods/web-1',
      merge,
      { metadata: { labels: { a: 'b', c: null } } },
    ],
    [
      { verb: 'annotate', target: pod, entries: { a: 'b' }, overwrite: false, resourceVersion: '3' },
      'PATCH',
      '/api/v1/namespaces/shop/pods/web-1',
      merge,
      { metadata: { annotations: { a: 'b' }, resourceVersion: '3' } },
    ],
    [
      { verb: 'evict', target: pod, gracePeriodSeconds: 5, uid: 'u' },
      'POST',
      '/api/v1/namespaces/shop/pods/web-1/eviction',
      'application/json',
      {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: 'web-1', namespace: 'shop' },
        deleteOptions: { gracePeriodSeconds: 5, preconditions: { uid: 'u' } },
      },
    ],
    [
      { verb: 'delete', target: pod, propagation: 'foreground', gracePeriodSeconds: 0, uid: 'u', resourceVersion: '9' },
      'DELETE',
      '/api/v1/namespaces/shop/pods/web-1',
      'application/json',
      { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground', gracePeriodSeconds: 0, preconditions: { uid: 'u', resourceVersion: '9' } },
    ],
  ])('%o', (change, method, path, contentType, body) => {
    expect(request(change)).toMatchObject({ method, path, contentType, body });
  });

  it('names itself as the manager and refuses unknown fields, wherever an object is written', () => {
    expect(request({ verb: 'apply', target: web, manifest, force: true }).query).toEqual({
      fieldManager: 'quarterdeck',
      force: 'true',
      fieldValidation: 'Strict',
    });
    expect(request({ verb: 'create', target: web, manifest }).query).toEqual({ fieldManager: 'quarterdeck', fieldValidation: 'Strict' });
  });

  it('says what the rights are asked for', () => {
    expect(request({ verb: 'evict', target: pod }).subject).toEqual({ verb: 'create', group: '', resource: 'pods/eviction', namespace: 'shop', name: 'web-1' });
    expect(request({ verb: 'scale', target: web, replicas: 0 }).subject).toEqual({
      verb: 'patch',
      group: 'apps',
      resource: 'deployments/scale',
      namespace: 'shop',
      name: 'web',
    });
  });

  it('restarts as kubectl does', () => {
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };
    expect(request({ verb: 'restart', target: web, at: '2026-01-01T00:00:00Z' }).body).toEqual({ spec: { template: { metadata: { annotations } } } });
  });

  it('makes a Job that belongs to its CronJob', () => {
    expect(request({ verb: 'trigger', target: nightly, jobName: 'now' }, { cronJob })).toMatchObject({
      method: 'POST',
      path: '/apis/batch/v1/namespaces/shop/jobs',
      subject: { resource: 'jobs', name: 'now' },
      body: {
        metadata: {
          name: 'now',
          labels: { a: 'b' },
          annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
          ownerReferences: [{ kind: 'CronJob', name: 'nightly', uid: 'u1', controller: true }],
        },
        spec: { backoffLimit: 1 },
      },
    });
  });

  it('asks for a dry run where each kind of request is read', () => {
    expect(asDryRun(request({ verb: 'pause', target: web })).query).toMatchObject({ dryRun: 'All' });
    const deletion = asDryRun(request({ verb: 'delete', target: pod }));
    expect(deletion).toMatchObject({ query: {}, body: { kind: 'DeleteOptions', dryRun: ['All'] } });
  });

  it.each<[string, Change]>([
    ['another name', { verb: 'apply', target: { ...web, name: 'api' }, manifest, force: false }],
    ['another namespace', { verb: 'create', target: { ...web, namespace: 'kube-system' }, manifest }],
    ['another kind', { verb: 'replace', target: web, manifest: { ...manifest, kind: 'DaemonSet' } }],
    ['a list as a merge patch', { verb: 'patch', target: web, patchType: 'merge', patch: [] }],
    ['no namespace', { verb: 'pause', target: { ...web, namespace: null } }],
    ['a name that climbs', { verb: 'pause', target: { ...web, name: '..' } }],
  ])('refuses %s', (_what, change) => {
    expect(() => request(change)).toThrow(AppError);
  });
});

import { requestInfo } from '@quarterdeck/cluster';
import { builtInKinds, pluralOf, type ResourceKind } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { requestSight } from './request-sight.ts';
import { Sight } from './sight.ts';

const about = { shortNames: [], group: 'workloads' as const, verbs: ['get', 'list', 'watch'] };
const kinds: ResourceKind[] = [
  ...Object.entries(builtInKinds).map(([kind, { apiVersion, namespaced }]) => ({ ...about, apiVersion, kind, namespaced, plural: pluralOf(kind) })),
  { ...about, apiVersion: 'metrics.k8s.io/v1beta1', kind: 'PodMetrics', plural: 'pods', namespaced: true },
];

/** Sees pods, Deployments, Services and events of `shop`, and nodes. */
const sight = new Sight({ namespaces: ['shop'], kinds: ['Pod', 'Deployment', 'Service', 'Event', 'Node'] });
const shows = (method: string, target: string, body?: unknown) => requestSight(sight, kinds, { info: requestInfo(method, target), body }).shows;

describe('requestSight', () => {
  it.each([
    ['GET', '/api/v1/namespaces/shop/pods', 'whole'],
    ['GET', '/api/v1/namespaces/shop/pods/web', 'whole'],
    ['GET', '/api/v1/namespaces/shop/pods/web/log', 'whole'],
    ['GET', '/api/v1/namespaces/shop/pods/web/exec?command=sh', 'whole'],
    ['PATCH', '/apis/apps/v1/namespaces/shop/deployments/web/scale', 'whole'],
    ['DELETE', '/api/v1/namespaces/shop/pods', 'whole'],
    ['GET', '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods', 'whole'],
    ['GET', '/api/v1/nodes', 'whole'],
    ['GET', '/version', 'whole'],
    ['GET', '/apis/apps/v1', 'whole'],
    ['GET', '/openapi/v3/apis/apps/v1', 'whole'],
    // What may hold something hidden comes filtered, where it can be.
    ['GET', '/api/v1/pods', 'filtered'],
    ['GET', '/api/v1/pods?watch=true', 'filtered'],
    ['GET', '/api/v1/pods?fieldSelector=spec.nodeName%3Dn1', 'filtered'],
    ['GET', '/apis/metrics.k8s.io/v1beta1/pods', 'filtered'],
    ['GET', '/api/v1/namespaces', 'filtered'],
    ['GET', '/api/v1/namespaces/shop/events', 'filtered'],
    ['GET', '/api/v1/namespaces/shop/events/e1', 'filtered'],
    // A namespace that is hidden is one in which there is nothing.
    ['GET', '/api/v1/namespaces/other/pods', 'empty'],
    ['GET', '/api/v1/watch/namespaces/other/pods', 'empty'],
    ['GET', '/api/v1/namespaces/other/pods/web', 'hidden'],
    ['GET', '/api/v1/namespaces/other', 'hidden'],
    ['GET', '/api/v1/namespaces?fieldSelector=metadata.name%3Dother', 'hidden'],
    ['DELETE', '/api/v1/namespaces/other', 'hidden'],
    ['GET', '/api/v1/namespaces/other/pods/web/log', 'hidden'],
    ['POST', '/api/v1/namespaces/other/pods', 'hidden'],
    ['GET', '/api/v1/namespaces/other/pods/web/exec', 'hidden'],
    ['PATCH', '/apis/apps/v1/namespaces/other/deployments/web', 'hidden'],
    ['DELETE', '/api/v1/pods', 'hidden'],
    ['DELETE', '/api/v1/namespaces', 'hidden'],
    // Kinds that are hidden, by whatever path.
    ['GET', '/api/v1/namespaces/shop/secrets', 'hidden'],
    ['GET', '/api/v1/secrets', 'hidden'],
    ['GET', '/api/v1/namespaces/shop/secrets/login', 'hidden'],
    ['GET', '/api/v1/watch/secrets', 'hidden'],
    ['POST', '/api/v1/namespaces/shop/serviceaccounts/default/token', 'hidden'],
    ['GET', '/apis/unknown.io/v1/things', 'hidden'],
    ['GET', '/api/v1/persistentvolumes', 'hidden'],
    // Ways around.
    ['GET', '/api/v1/nodes/n1/proxy/pods', 'hidden'],
    ['GET', '/api/v1/nodes/n1/stats', 'hidden'],
    ['GET', '/api/v1/proxy/namespaces/shop/pods/web', 'hidden'],
    ['GET', '/api/v1/namespaces/shop/../other/pods', 'hidden'],
    ['GET', '/api/v1/namespaces/shop%2F..%2Fother/pods', 'hidden'],
    ['GET', '/metrics', 'hidden'],
    ['GET', '/logs/kube-apiserver.log', 'hidden'],
    ['GET', '/debug/pprof/heap', 'hidden'],
    ['POST', '/version', 'hidden'],
    ['POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', 'hidden'],
    ['POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', 'hidden'],
    ['POST', '/apis/authentication.k8s.io/v1/tokenreviews', 'hidden'],
    ['POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', 'whole'],
  ])('%s %s: %s', (method, target, expected) => {
    expect(shows(method, target)).toBe(expected);
  });

  it('lets nobody reach from some namespaces into all of them', () => {
    const [some, all] = [new Sight({ namespaces: ['shop'], kinds: ['*'] }), new Sight({ namespaces: ['*'], kinds: ['*'] })];
    const showsTo = (whom: Sight, method: string, target: string) => requestSight(whom, kinds, { info: requestInfo(method, target), body: {} }).shows;
    expect(showsTo(some, 'GET', '/api/v1/persistentvolumes/data')).toBe('whole');
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(showsTo(some, method, '/api/v1/persistentvolumes/data')).toBe('unchangeable');
      expect(showsTo(some, method, '/api/v1/nodes/n1')).toBe('unchangeable');
      expect(showsTo(sight, method, '/api/v1/nodes/n1')).toBe('whole');
      expect(showsTo(all, method, '/api/v1/persistentvolumes/data')).toBe('whole');
    }
  });

  it('goes by the name in the body of what is created', () => {
    expect(shows('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })).toBe('whole');
    expect(shows('POST', '/api/v1/namespaces', { metadata: { name: 'other' } })).toBe('hidden');
    expect(shows('POST', '/api/v1/namespaces', null)).toBe('hidden');
  });

  it('answers what may be done, in visible namespaces', () => {
    const review = (namespace?: string) => ({
      spec: { resourceAttributes: { verb: 'list', resource: 'pods', ...(namespace === undefined ? {} : { namespace }) } },
    });
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    expect([review('shop'), review(), review('other'), 'text'].map((body) => shows('POST', path, body))).toEqual(['whole', 'whole', 'hidden', 'hidden']);
  });
});

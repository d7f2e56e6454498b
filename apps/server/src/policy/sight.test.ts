import { refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { Sight } from './sight.ts';

const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' };
const sees = (sight: Sight, kind: Parameters<typeof refTo>[0], namespace: string | null, name = 'x') => sight.sees(refTo(kind, namespace, name));

describe('a sight', () => {
  const sight = new Sight({ namespaces: ['shop'], kinds: ['Pod', 'Event', 'Certificate.cert-manager.io'] });

  it('is of allowed kinds in allowed namespaces', () => {
    expect(sees(sight, 'Pod', 'shop')).toBe(true);
    expect(sees(sight, 'Pod', 'other')).toBe(false);
    expect(sees(sight, 'Secret', 'shop')).toBe(false);
    expect(sight.sees({ ...certificate, namespace: 'shop', name: 'x' })).toBe(true);
    expect(sight.seesKind({ ...certificate, apiVersion: 'other.io/v1' })).toBe(false);
  });

  it('is of namespaces by their names, whatever the kinds, and of no other cluster-scoped object', () => {
    expect(sees(sight, 'Namespace', null, 'shop')).toBe(true);
    expect(sees(sight, 'Namespace', null, 'other')).toBe(false);
    expect(sees(sight, 'Node', null)).toBe(false);
    expect(sees(new Sight({ namespaces: [], kinds: ['Node'] }), 'Node', null)).toBe(true);
  });

  it('takes a plain name for the kind of Kubernetes alone', () => {
    const deployments = new Sight({ namespaces: ['*'], kinds: ['Deployment', 'Lease', 'Service'] });
    expect(deployments.seesKind({ apiVersion: 'apps/v1', kind: 'Deployment' })).toBe(true);
    expect(deployments.seesKind({ apiVersion: 'mine.io/v1', kind: 'Deployment' })).toBe(false);
    expect(deployments.seesKind({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' })).toBe(true);
    expect(deployments.seesKind({ apiVersion: 'serving.knative.dev/v1', kind: 'Service' })).toBe(false);
  });

  it('shows the usage of pods to who sees pods', () => {
    expect(sight.seesKind({ apiVersion: 'metrics.k8s.io/v1beta1', kind: 'PodMetrics' })).toBe(true);
    expect(sight.seesKind({ apiVersion: 'metrics.k8s.io/v1beta1', kind: 'NodeMetrics' })).toBe(false);
  });

  it.each([
    ['of a visible pod', 'shop', { kind: 'Pod', namespace: 'shop', name: 'web' }, true],
    ['of a hidden kind', 'shop', { kind: 'Secret', namespace: 'shop', name: 'web' }, false],
    ['of a hidden namespace', 'other', { kind: 'Pod', namespace: 'other', name: 'web' }, false],
    ['of another namespace than its own', 'other', { kind: 'Pod', namespace: 'shop', name: 'web' }, false],
    ['of a node', 'default', { kind: 'Node', name: 'n1' }, false],
  ])('an event %s: %s', (_what, namespace, involvedObject, expected) => {
    const event = Object.assign(
      { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e', namespace } },
      { involvedObject: { apiVersion: 'v1', ...involvedObject } },
    );
    expect(sight.seesObject(event)).toBe(expected);
  });

  it('is whole for all of both, and nothing for none', () => {
    expect(new Sight({ namespaces: ['*'], kinds: ['*'] }).whole).toBe(true);
    expect(new Sight({ namespaces: ['*', 'shop'], kinds: ['Pod'] })).toMatchObject({ whole: false, namespaces: null });
    const nothing = new Sight({ namespaces: [], kinds: [] });
    expect([sees(nothing, 'Pod', 'shop'), sees(nothing, 'Namespace', null), sees(nothing, 'Node', null)]).toEqual([false, false, false]);
  });

  it('has the same id for the same policy in other words', () => {
    expect(new Sight({ namespaces: ['b', 'a'], kinds: ['Pod'] }).id).toBe(new Sight({ namespaces: ['a', 'b', 'a'], kinds: ['Pod'] }).id);
    expect(new Sight({ namespaces: ['a'], kinds: ['Pod'] }).id).not.toBe(new Sight({ namespaces: ['a'], kinds: [] }).id);
  });
});

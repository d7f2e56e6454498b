import { describe, expect, it } from 'vitest';
import { findKind } from './find-kind.ts';
import { type DiscoveredResource, findBuiltInKind, resourceKinds } from './resource-kinds.ts';

const resource = (
  group: string,
  version: string,
  kind: string,
  plural: string,
  shortNames: string[] = [],
  verbs = ['get', 'list', 'watch'],
): DiscoveredResource => ({
  group,
  version,
  kind,
  plural,
  namespaced: true,
  shortNames,
  verbs,
  categories: [],
});

const kinds = resourceKinds([
  resource('', 'v1', 'Event', 'events', ['ev']),
  resource('', 'v1', 'Binding', 'bindings', [], ['create']),
  resource('autoscaling', 'v1', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', ['hpa']),
  resource('autoscaling', 'v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', ['hpa']),
  resource('events.k8s.io', 'v1', 'Event', 'events', ['ev']),
  resource('shop.example', 'v2', 'Order', 'orders', ['po']),
  resource('shop.example', 'v1', 'Order', 'orders', ['po']),
]);

describe('the kinds of a cluster', () => {
  it('are one a group and kind: the preferred version, but for built-in kinds the one whose types we have', () => {
    expect(kinds.map(({ apiVersion, kind, group }) => [apiVersion, kind, group])).toEqual([
      ['v1', 'Event', 'cluster'],
      ['autoscaling/v2', 'HorizontalPodAutoscaler', 'workloads'],
      ['events.k8s.io/v1', 'Event', 'cluster'],
      ['shop.example/v2', 'Order', 'custom'],
    ]);
    expect(findBuiltInKind(kinds, 'Event')?.apiVersion).toBe('v1');
    expect(findBuiltInKind(kinds, 'Pod')).toBeNull();
  });

  it.each([
    ['Event', 'v1'],
    ['EVENTS', 'v1'],
    ['ev', 'v1'],
    ['event.events.k8s.io', 'events.k8s.io/v1'],
    ['ev.v1.events.k8s.io', 'events.k8s.io/v1'],
    ['hpa', 'autoscaling/v2'],
    ['orders.shop.example', 'shop.example/v2'],
  ])('are found by %s', (text, apiVersion) => {
    expect(findKind(kinds, text).apiVersion).toBe(apiVersion);
  });

  it('are proposed where the name is nearly right', () => {
    expect(() => findKind(kinds, 'ordres')).toThrow(expect.objectContaining({ code: 'NOT_FOUND', hint: 'Did you mean Order?' }));
    expect(() => findKind(kinds, 'zzz')).toThrow(expect.objectContaining({ details: { near: [] } }));
  });
});

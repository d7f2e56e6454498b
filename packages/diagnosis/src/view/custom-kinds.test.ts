import type { CustomKind } from '@quarterdeck/cluster';
import { describe, expect, it } from 'vitest';
import { testView } from '../testing/index.ts';

const lamp: CustomKind = { apiVersion: 'shop.example/v1', kind: 'Lamp', plural: 'lamps', namespaced: true, coverage: 'read', reason: null };
const hall = `
apiVersion: shop.example/v1
kind: Lamp
metadata: {name: hall}
`;
const ref = (name: string, namespace = 'shop', apiVersion = 'shop.example/v1', kind = 'Lamp') => ({ apiVersion, kind, namespace, name });

describe('custom kinds in the view', () => {
  it('are listed, and found in any version', () => {
    const { view } = testView(hall);
    expect(view.customKinds()).toEqual([lamp]);
    expect(view.listCustom('shop.example', 'Lamp', 'shop').map(({ metadata }) => metadata.name)).toEqual(['hall']);
    expect([view.listCustom('shop.example', 'Lamp', 'other'), view.listCustom('other.example', 'Lamp')]).toEqual([[], []]);
    expect(view.find(ref('hall', 'shop', 'shop.example/v2'))?.metadata.name).toBe('hall');
  });

  it('have missing objects only where their kind was read whole and the namespace is in reach', () => {
    const missing = (kind: Partial<CustomKind>, scope: string[] | null = null) =>
      testView(`${hall}---\nkind: Namespace\nmetadata: {name: shop}\n`, { customKinds: [{ ...lamp, ...kind }], scope }).view.isMissing(ref('cellar'));
    expect([missing({}), missing({ coverage: 'forbidden' }), missing({ coverage: 'unread', reason: 'too many' }), missing({}, ['other'])]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(testView(hall).view.isMissing(ref('hall'))).toBe(false);
  });

  it('that nothing defines have no objects, where all definitions are known', () => {
    const unserved = ref('a', 'shop', 'cert-manager.io/v1', 'Issuer');
    expect(testView(hall).view.isMissing(unserved)).toBe(true);
    expect(testView(hall, { coverage: { CustomResourceDefinition: 'forbidden' } }).view.isMissing(unserved)).toBe(false);
    expect(testView(hall).view.isMissing(ref('a', 'shop', 'metrics.k8s.io/v1beta1', 'PodMetrics'))).toBe(false);
  });
});

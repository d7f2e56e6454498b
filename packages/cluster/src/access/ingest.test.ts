import { describe, expect, it } from 'vitest';
import { configMap, secret } from '../testing/fake-responses.ts';
import { ingestObject, withoutSecretValues } from './ingest.ts';

const pod = { apiVersion: 'v1', kind: 'Pod' };

describe('an object at the border', () => {
  it('gets the kind that items of lists lack, and keeps who wrote it without the field trees', () => {
    const managedFields = [{ manager: 'kubelet', operation: 'Update', time: '2026-01-01T00:00:00Z', subresource: 'status', fieldsV1: { 'f:status': {} } }];
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"password":"x"}', team: 'a' };
    const object = ingestObject({ metadata: { name: 'a', managedFields, annotations }, spec: { nodeName: 'n' } }, pod);
    const kept = [{ manager: 'kubelet', operation: 'Update', time: '2026-01-01T00:00:00Z', subresource: 'status' }];
    expect(object).toEqual({ ...pod, metadata: { name: 'a', managedFields: kept, annotations: { team: 'a' } }, spec: { nodeName: 'n' } });
  });

  it('keeps which fields somebody changed, not those of a whole object, of pods and of Kubernetes itself', () => {
    const fieldsV1 = { 'f:spec': { 'f:replicas': {} } };
    const whole = { 'f:spec': Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f:field${i}`, {}])) };
    const managedFields = [
      { manager: 'kubectl-edit', fieldsV1 },
      { manager: 'helm', fieldsV1: whole },
      { manager: 'kube-controller-manager', fieldsV1 },
    ];
    const kept = (kind: string) =>
      ingestObject({ metadata: { name: 'a', managedFields } }, { apiVersion: 'v1', kind })?.metadata.managedFields?.map(
        (entry) => entry.fieldsV1 !== undefined,
      );
    expect(kept('Service')).toEqual([true, false, false]);
    expect(kept('Pod')).toEqual([false, false, false]);
  });

  it.each([
    null,
    'text',
    [],
    {},
    { metadata: null },
    { metadata: { name: '' } },
    { metadata: { name: 7 } },
    { metadata: { name: 'a', labels: { x: 1 } } },
    { metadata: { name: 'a', ownerReferences: [{}] } },
  ])('is refused where it is not one: %j', (raw) => {
    expect(ingestObject(raw, pod)).toBeNull();
  });

  it('has no values where it is a Secret, and all where it is a ConfigMap', () => {
    const raw = { ...secret('shop', 'a', { user: 'ann' }), stringData: { pass: 'geheim' } };
    const ingested = ingestObject(raw, { apiVersion: 'v1', kind: 'Secret' });
    expect(ingested).toMatchObject({ type: 'Opaque', data: { user: '', pass: '' } });
    expect(JSON.stringify(ingested)).not.toMatch(/geheim|YW5u/);
    const settings = configMap('shop', 'a', { mode: 'x' });
    expect(withoutSecretValues(settings)).toBe(settings);
  });
});

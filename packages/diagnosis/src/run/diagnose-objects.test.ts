import { describe, expect, it } from 'vitest';
import { fromYaml, testNow } from '../testing/index.ts';
import { diagnoseObjects } from './diagnose-objects.ts';

const objects = fromYaml(`
kind: Ingress
metadata: {name: store, namespace: shop, creationTimestamp: '2025-01-01T00:00:00Z'}
spec:
  ingressClassName: web
  rules:
    - host: store.example
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: store, port: {number: 80}}}}]}
status: {loadBalancer: {ingress: [{ip: 10.0.0.1}]}}
---
kind: IngressClass
metadata: {name: web}
spec: {controller: example.com/web}
`);

describe('diagnoseObjects', () => {
  it('finds the cause among objects alone', async () => {
    const { incidents } = await diagnoseObjects(objects, { now: testNow });
    expect(incidents.map(({ cause, confidence }) => [cause.kind, cause.name, confidence])).toEqual([['Service', 'store', 'certain']]);
  });

  it('does not take for missing what was not read, and says so', async () => {
    const { incidents, coverage } = await diagnoseObjects(objects, { now: testNow, kinds: ['Ingress', 'IngressClass'] });
    expect(incidents.map(({ title }) => title)).toEqual([]);
    expect(coverage.skipped.map(({ what }) => what)).toContain('Service');
  });
});

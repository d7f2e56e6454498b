import type { KubeObject } from '@quarterdeck/contract';
import { diagnoseObjects } from '@quarterdeck/diagnosis';
import { describe, expect, it } from 'vitest';
import { searchObjects } from './search-objects.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

function object(apiVersion: string, kind: string, name: string, rest: object = {}, labels: Record<string, string> = {}): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace: 'shop', uid: `${kind} ${name}`, labels }, ...rest };
}

const { view } = await diagnoseObjects(
  [
    object('v1', 'Pod', 'api-7f9-x2lq', { status: { podIPs: [{ ip: '10.42.0.17' }] } }, { app: 'api', tier: 'back' }),
    object('apps/v1', 'Deployment', 'api', { spec: { template: { spec: { containers: [] } } } }),
    object('v1', 'Service', 'public-api', { spec: { clusterIPs: ['10.43.1.2'] } }),
    object('v1', 'ConfigMap', 'web'),
    object('v1', 'Event', 'api.1'),
  ],
  { now },
);

const found = (query: string, limit = 10) =>
  searchObjects(view, query, limit).items.map((item) => `${item.object.kind} ${item.object.name}${item.by === null ? '' : ` by ${item.by}`}`);

describe('the search for objects', () => {
  it('puts the name itself before its beginning, and that before a part', () => {
    expect(found('api')).toEqual(['Deployment api', 'Pod api-7f9-x2lq', 'Service public-api']);
  });

  it('wants every word, of the name, kind or namespace', () => {
    expect(found('shop pod API')).toEqual(['Pod api-7f9-x2lq']);
    expect(found('shop nothing')).toEqual([]);
  });

  it('finds by label and by address, and says by which', () => {
    expect(found('tier=back')).toEqual(['Pod api-7f9-x2lq by tier=back']);
    expect(found('10.42.0.17')).toEqual(['Pod api-7f9-x2lq by 10.42.0.17']);
    expect(found('10.43.1')).toEqual(['Service public-api by 10.43.1.2']);
  });

  it('counts what it does not show', () => {
    expect(searchObjects(view, 'shop', 2)).toMatchObject({ items: { length: 2 }, total: 4 });
  });
});

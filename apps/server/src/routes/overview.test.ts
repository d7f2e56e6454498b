import { capacitySchema, recentChangesSchema } from '@quarterdeck/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MemoryCluster } from '../testing/memory-cluster.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let test: TestApp;

function settings(name: string, namespace: string, at: number) {
  const time = new Date(at).toISOString();
  const managedFields = [{ manager: 'kubectl-edit', operation: 'Update' as const, time, fieldsV1: { 'f:data': { 'f:mode': {} } } }];
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, uid: name, creationTimestamp: '2026-01-01T00:00:00Z', managedFields }, data: {} };
}

beforeEach(async () => {
  const cluster = new MemoryCluster();
  cluster.apply(settings('lately', 'shop', Date.now() - 60_000));
  cluster.apply(settings('elsewhere', 'bank', Date.now() - 120_000));
  cluster.apply(settings('long-ago', 'shop', Date.now() - 7_200_000));
  test = await testApp([cluster.source]);
});

afterEach(() => test.services.clusters.close());

it('tells what changed lately, by namespace and time', async () => {
  const changes = async (query: string) => recentChangesSchema.parse((await test.call('GET', `/api/overview/changes${query}`)).body);
  expect((await changes('')).changes.map(({ object, by }) => `${object.name} ${by}`)).toEqual(['lately kubectl-edit', 'elsewhere kubectl-edit']);
  expect((await changes('?namespace=shop&minutes=180')).total).toBe(2);
  expect(await test.call('GET', '/api/overview/changes?minutes=0')).toMatchObject({ status: 400 });
});

it('says what the nodes offer', async () => {
  expect(capacitySchema.parse((await test.call('GET', '/api/overview/capacity')).body)).toMatchObject({ pods: { total: 0 } });
});

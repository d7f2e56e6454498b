import { adviceReportSchema } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let test: TestApp;

beforeEach(async () => {
  const cluster = new MemoryCluster();
  cluster.apply(testPod('web', 'shop'));
  cluster.apply(testPod('other', 'elsewhere'));
  test = await testApp([cluster.source]);
});

afterEach(() => test.services.clusters.close());

const advice = async (query: string) => adviceReportSchema.parse((await test.call('GET', `/api/advice${query}`)).body);

describe('advice over HTTP', () => {
  it('is what lint says, by namespace and check, with the policy pack where it is asked for', async () => {
    const { advice: said, cluster } = await advice('?namespace=shop');
    expect(cluster).toBe('memory');
    expect([...new Set(said.map(({ object }) => object.namespace))]).toEqual(['shop']);
    expect(said.some(({ check }) => check.startsWith('policy-'))).toBe(false);
    const probes = await advice('?policy=true&check=policy-probes-required');
    expect(probes.advice.map(({ object }) => object.name)).toEqual(['other', 'web']);
  });

  it('is not had with a query that says something else', async () => {
    expect(await test.call('GET', '/api/advice?policy=perhaps')).toMatchObject({ status: 400, body: { code: 'VALIDATION_ERROR' } });
  });
});

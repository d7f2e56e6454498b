import { AppError } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import type { Transport } from '../transport/transport.ts';
import { discoverKinds } from './discover-kinds.ts';

const { signal } = new AbortController();

function transportOf(answers: Record<string, unknown>): Transport {
  return {
    async json({ path }) {
      const answer = answers[path];
      if (answer instanceof Error) throw answer;
      if (answer === undefined) throw new AppError('NOT_FOUND', path);
      return answer;
    },
    text: () => Promise.reject(new Error('not used')),
    stream: () => Promise.reject(new Error('not used')),
    bytes: () => Promise.reject(new Error('not used')),
    socket: () => Promise.reject(new Error('not used')),
    relay: () => Promise.reject(new Error('not used')),
    close: async () => undefined,
  };
}

const pods = { name: 'pods', kind: 'Pod', namespaced: true, verbs: ['list'], shortNames: ['po'] };
const plain = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/api/v1': { resources: [pods, { ...pods, name: 'pods/log' }] },
  '/apis': {
    kind: 'APIGroupList',
    groups: [
      {
        name: 'shop.example',
        versions: [
          { groupVersion: 'shop.example/v1', version: 'v1' },
          { groupVersion: 'shop.example/v2', version: 'v2' },
        ],
        preferredVersion: { groupVersion: 'shop.example/v2', version: 'v2' },
      },
      { name: 'metrics.k8s.io', versions: [{ groupVersion: 'metrics.k8s.io/v1beta1', version: 'v1beta1' }] },
    ],
  },
  '/apis/shop.example/v1': { resources: [{ name: 'orders', kind: 'Order', namespaced: true, verbs: ['list'] }] },
  '/apis/shop.example/v2': { resources: [{ name: 'orders', kind: 'Order', namespaced: true, verbs: ['list'] }] },
  '/apis/metrics.k8s.io/v1beta1': new AppError('CLUSTER_ERROR', 'the server is currently unable to handle the request'),
};

describe('discovery of a server that does not aggregate', () => {
  it('asks each version, prefers as the group does, and leaves out a group whose server is down', async () => {
    const dead: string[] = [];
    const kinds = await discoverKinds(transportOf(plain), signal, (apis) => dead.push(...apis));
    expect(dead).toEqual(['metrics.k8s.io/v1beta1']);
    expect(kinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual(['v1 Pod', 'shop.example/v2 Order']);
  });

  it('fails where the whole cluster can not be reached', async () => {
    const down = transportOf({ ...plain, '/api/v1': new AppError('CLUSTER_UNREACHABLE', 'gone') });
    await expect(discoverKinds(down, signal)).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });

  it('says so where the server is no API server', async () => {
    await expect(discoverKinds(transportOf({ '/api': { hello: 1 }, '/apis': {} }), signal)).rejects.toMatchObject({ code: 'CLUSTER_ERROR' });
  });
});

import type { Cluster } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { formatBytes } from '../../text/bytes.ts';
import { findClusters } from './find-clusters.ts';
import { nameFor } from './use-kubeconfigs.ts';

const cluster = (name: string, server: string): Cluster => ({
  ...{ id: name, name, server, user: 'ann', file: '/home/ann/.kube/config', uploaded: false, version: null, current: false, kubeconfigCurrent: false },
  ...{ readOnly: false, production: false, state: 'idle', reason: null, remedy: null, since: '2026-01-01T00:00:00Z', asOf: null },
});
const clusters = [cluster('shop-prod', 'https://eu.example'), cluster('shop-test', 'https://eu.example'), cluster('bank', 'https://us.example')];
const names = (query: string) => findClusters(clusters, query).map(({ name }) => name);

describe('clusters are found', () => {
  it.each([
    ['', ['shop-prod', 'shop-test', 'bank']],
    ['SHOP', ['shop-prod', 'shop-test']],
    ['eu test', ['shop-test']],
    ['ann bank', ['bank']],
    ['nothing', []],
  ])('by %j', (query, expected) => {
    expect(names(query)).toEqual(expected);
  });
});

it.each([
  [0, '0 B'],
  [812, '812 B'],
  [1434, '1.4 KiB'],
  [23 * 1024 * 1024, '23 MiB'],
])('%d bytes are said as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  ['config', [], 'config'],
  ['config', ['config', 'config-2'], 'config-3'],
  ['../my cluster.yaml', [], 'my-cluster.yaml'],
  ['…', [], 'kubeconfig'],
])('an uploaded %j besides %j is called %s', (file, taken, expected) => {
  expect(nameFor(file, taken)).toBe(expected);
});

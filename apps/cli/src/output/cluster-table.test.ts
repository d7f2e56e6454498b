import type { Kubeconfig } from '@quarterdeck/cluster';
import { describe, expect, it } from 'vitest';
import type { ClusterCheck } from '../cluster/check-cluster.ts';
import { checkText, clusterTable } from './cluster-table.ts';

const options = { columns: 80, colour: false };
const context = (id: string): Kubeconfig['contexts'][number] => ({
  ...{
    id,
    name: id,
    file: '/config',
    origin: 'kubeconfig',
    cluster: id,
    user: 'ann',
    namespace: 'shop',
    server: `https://${id}`,
    fingerprint: '',
    namedFiles: [],
  },
  connection: () => Promise.reject(new Error('nothing is opened')),
});
const check: ClusterCheck = {
  ...{
    id: 'b',
    server: 'https://b',
    state: 'partial',
    reason: 'Pods may not be listed in all namespaces, only in shop.',
    remedy: 'Ask for view.',
    version: 'v1.35.0',
  },
  ...{ user: 'ann', groups: ['dev'], everywhere: false },
  namespaces: { complete: false, reason: 'no', namespaces: [{ name: 'shop', from: ['context'], usable: true }] },
  cost: { requests: 5, bytesIn: 100, bytesOut: 10, forbidden: 1, spared: 0, throttled: 0, failed: 0 },
};
const kubeconfig: Kubeconfig = { files: [], contexts: [context('a'), context('b')], currentContext: 'a', problems: [] };

describe('the clusters', () => {
  it('stand in columns, the current one marked, with the state of those that were asked', () => {
    expect(clusterTable(kubeconfig, new Map(), options)).toBe(
      ['CURRENT   NAME   SERVER      USER   NAMESPACE', '*         a      https://a   ann    shop', '          b      https://b   ann    shop', ''].join('\n'),
    );
    const asked = clusterTable(kubeconfig, new Map([['b', check]]), options);
    expect(asked).toContain('b      https://b   ann    shop        partial rights   v1.35.0');
    expect(asked).toContain('b\n  Pods may not be listed in all namespaces, only in shop. Ask for view.');
  });

  it('come with the problems of their files', () => {
    const problems = [{ file: '/x', line: 3, message: '/x, line 3: clusters[0].cluster.server: must be a URL', hint: 'Correct this line.' }];
    const text = clusterTable({ ...kubeconfig, contexts: [], problems }, new Map(), options);
    expect(text).toBe('No usable context.\n\nProblems in the files:\n  /x, line 3: clusters[0].cluster.server: must be a URL. Correct this line.\n');
  });
});

it('one cluster is told with who we are and what we see there', () => {
  const text = checkText(check, options);
  expect(text).toContain('State:   partial rights');
  expect(text).toContain('User:    ann (dev)');
  expect(text).toContain('Sees:    parts of shop; there may be other namespaces');
});

import type { ResourceKind } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { ref } from '../../testing/samples.ts';
import { kindOfSlug, kindSlug, objectKey, parseObjectKey, pluralLabel } from './object-key.ts';
import { yamlLines } from './yaml-tokens.ts';

const kind = (name: string, plural: string, apiVersion = 'v1', shortNames: string[] = []): ResourceKind => ({
  apiVersion,
  kind: name,
  plural,
  namespaced: true,
  shortNames,
  group: 'workloads',
  verbs: [],
});

describe('object keys', () => {
  it.each([ref('Pod', 'api-0'), ref('Node', 'n1', null), ref('Deployment', 'api', 'shop', 'apps/v1')])('come back as they were: %o', (object) => {
    const address = parseObjectKey(objectKey(object));
    expect(address).toMatchObject({ namespace: object.namespace, name: object.name });
    expect(address?.kind.split('.')[0]).toBe(object.kind);
  });

  it('refuses what was typed by hand and is none', () => {
    expect(['', 'Pod', '/x/y', 'a/b/c/d'].map(parseObjectKey)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('kind slugs', () => {
  const pods = kind('Pod', 'pods', 'v1', ['po']);
  const metrics = kind('PodMetrics', 'pods', 'metrics.k8s.io/v1beta1');
  const all = [metrics, pods, kind('Deployment', 'deployments', 'apps/v1')];

  it('are the plural, and tell two groups with one plural apart', () => {
    expect(all.map((each) => kindSlug(each, all))).toEqual(['PodMetrics.metrics.k8s.io', 'pods', 'deployments']);
    for (const each of all) expect(kindOfSlug(kindSlug(each, all), all)).toBe(each);
    expect(kindOfSlug('po', all)).toBe(pods);
  });

  it.each([
    ['StatefulSet', 'statefulsets', 'StatefulSets'],
    ['NetworkPolicy', 'networkpolicies', 'NetworkPolicies'],
    ['Endpoints', 'endpoints', 'Endpoints'],
    ['IngressClass', 'ingressclasses', 'IngressClasses'],
  ])('%s is listed as %s → %s', (name, plural, label) => {
    expect(pluralLabel({ kind: name, plural })).toBe(label);
  });
});

describe('yamlLines', () => {
  const kinds = (yaml: string) => yamlLines(yaml).map(({ tokens }) => tokens.map((token) => token.kind).join());

  it('tells keys from values and loses nothing', () => {
    const yaml = ['metadata:', '  - name: "a: b"', '    port: 8080', 'image: repo/app:1.2 # pinned', '    url: http://x:80', 'on: true', ''].join('\n');
    const text = yamlLines(yaml).map(({ tokens }) => tokens.map((token) => token.text).join(''));
    expect(`${text.join('\n')}\n`).toBe(yaml);
    expect(kinds('  - name: "a: b"\n    port: 8080\nhttp://x:80')).toEqual(['mark,key,string', 'mark,key,number', 'plain']);
  });

  it('leaves the lines of a text block alone', () => {
    expect(kinds('command:\n- |\n  try:\n\n    x: 1\nother: 2')).toEqual(['key', 'mark,plain', 'plain', 'plain', 'plain', 'key,number']);
  });
});

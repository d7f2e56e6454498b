import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ClusterAccess } from '../access/cluster-access.ts';
import type { Transport } from '../transport/transport.ts';
import { reachableNamespaces } from './reachable-namespaces.ts';

const { signal } = new AbortController();
const kind = (name: string, plural: string, apiVersion = 'v1'): ResourceKind => ({
  ...{ apiVersion, kind: name, plural, namespaced: false, shortNames: [], group: 'cluster', verbs: ['list'] },
});
const namespace = kind('Namespace', 'namespaces');
const project = kind('Project', 'projects', 'project.openshift.io/v1');
const bodySchema = z.object({ spec: z.object({ namespace: z.string() }) });

interface Rule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
}

interface Cluster {
  kinds: ResourceKind[];
  /** What each kind lists; a kind without an entry is refused. */
  lists: Record<string, string[]>;
  /** What we may do in each namespace; without an entry the cluster does not say. */
  rules?: Record<string, Rule[]>;
}

function accessTo({ kinds, lists, rules = {} }: Cluster): Pick<ClusterAccess, 'list' | 'kinds' | 'api' | 'namespaces'> {
  const refuse = () => Promise.reject(new Error('not used'));
  const api: Transport = {
    async json({ body }) {
      const { spec } = bodySchema.parse(JSON.parse(body?.text ?? '{}'));
      const resourceRules = rules[spec.namespace];
      if (resourceRules === undefined) throw new AppError('FORBIDDEN', 'no reviews');
      return { status: { resourceRules } };
    },
    ...{ text: refuse, stream: refuse, bytes: refuse, socket: refuse, relay: refuse, close: async () => undefined },
  };
  return {
    namespaces: null,
    api,
    kinds: async () => kinds,
    async *list({ plural, apiVersion, kind: name }) {
      const names = lists[plural];
      if (names === undefined) throw new AppError('FORBIDDEN', `You may not list ${plural}.`);
      const items = names.map((each): KubeObject => ({ apiVersion, kind: name, metadata: { name: each } }));
      yield { items, resourceVersion: '1' };
    },
  };
}

const view: Rule = { verbs: ['get', 'list', 'watch'], apiGroups: [''], resources: ['pods'] };
const nothing: Rule = { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews'] };
const none = { context: null, typed: [] };

describe('the namespaces in reach', () => {
  it('are those that the cluster lists, and a typed one that is not among them is not usable', async () => {
    const access = accessTo({ kinds: [namespace], lists: { namespaces: ['shop', 'bank'] } });
    expect(await reachableNamespaces(access, { context: 'shop', typed: ['gone', 'shop'] }, signal)).toEqual({
      complete: true,
      reason: null,
      namespaces: [
        { name: 'bank', from: ['list'], usable: true },
        { name: 'gone', from: ['typed'], usable: false },
        { name: 'shop', from: ['list', 'typed'], usable: true },
      ],
    });
  });

  it('are the projects of OpenShift, which lists those that one may see', async () => {
    const access = accessTo({ kinds: [namespace, project], lists: { projects: ['mine'] } });
    expect(await reachableNamespaces(access, none, signal)).toMatchObject({ complete: true, namespaces: [{ name: 'mine', from: ['projects'] }] });
  });

  it('are else those of the context, of a person and of rights that name one, as far as anything may be listed there', async () => {
    const naming: Rule = { verbs: ['get'], apiGroups: [''], resources: ['namespaces'], resourceNames: ['named'] };
    const rules = { own: [view, naming], named: [view], typo: [nothing] };
    const known = await reachableNamespaces(accessTo({ kinds: [namespace], lists: {}, rules }), { context: 'own', typed: ['typo', 'silent'] }, signal);
    expect(known).toMatchObject({ complete: false, reason: 'You may not list namespaces.' });
    expect(known.namespaces.map(({ name, from, usable }) => [name, from.join(), usable])).toEqual([
      ['named', 'rules', true],
      ['own', 'context', true],
      ['silent', 'typed', true],
      ['typo', 'typed', false],
    ]);
  });

  it('are unknown where the cluster does not answer', async () => {
    const access = { ...accessTo({ kinds: [namespace], lists: {} }), kinds: () => Promise.reject(new AppError('CLUSTER_UNREACHABLE', 'gone')) };
    await expect(reachableNamespaces(access, none, signal)).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });
});

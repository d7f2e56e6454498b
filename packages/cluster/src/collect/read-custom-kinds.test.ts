import { AppError, type KindTypes, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import type { ListPage } from '../access/cluster-access.ts';
import { chooseCustomKinds, mostCustomKinds, mostCustomObjects, readCustomKinds } from './read-custom-kinds.ts';

type Definition = KindTypes['CustomResourceDefinition'];
type Version = Definition['spec']['versions'][number];

function definition(kind: string, group: string, versions: Version[], established = 'True'): Definition {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, names: { kind, plural }, scope: 'Namespaced', versions },
    status: { conditions: [{ type: 'Established', status: established }] },
  };
}

const v1: Version = { name: 'v1', served: true, storage: true };
const versionsOf = (kinds: readonly ResourceKind[]) => kinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);

function accessWith(lists: Record<string, KubeObject[] | AppError>) {
  return {
    async *list(kind: ResourceKind): AsyncIterable<ListPage> {
      const list = lists[kind.kind] ?? [];
      if (list instanceof AppError) throw list;
      for (let at = 0; at === 0 || at < list.length; at += 500) yield { items: list.slice(at, at + 500), resourceVersion: '' };
    },
  };
}

const options = { namespaces: null, signal: new AbortController().signal, isFatal: (code: string) => code === 'CANCELLED' };

describe('custom kinds', () => {
  it('are read in the version they are stored in, or in one that is served, once they are established', () => {
    const { read } = chooseCustomKinds(
      [
        definition('Lamp', 'shop.example', [{ name: 'v1beta1', served: true, storage: false }, v1]),
        definition('Old', 'shop.example', [
          { name: 'v1', served: false, storage: true },
          { name: 'v2', served: true, storage: false },
        ]),
        definition('New', 'shop.example', [v1], 'False'),
        definition('Gone', 'shop.example', [{ ...v1, served: false }]),
      ],
      [],
    );
    expect(versionsOf(read)).toEqual(['shop.example/v1 Lamp', 'shop.example/v2 Old']);
  });

  it('are as many as may be read, those with a status first; bookkeeping is left out without a word', () => {
    const many = Array.from({ length: mostCustomKinds + 5 }, (_, i) => definition(`K${i}`, 'many.example', [v1]));
    const telling = definition('Zebra', 'zoo.example', [{ ...v1, subresources: { status: {} } }]);
    const { read, left } = chooseCustomKinds([...many, telling, definition('CiliumEndpoint', 'cilium.io', [v1])], []);
    expect([read.length, read[0]?.kind]).toEqual([mostCustomKinds, 'Zebra']);
    expect(left.filter(({ reason }) => reason === null).map(({ kind }) => kind)).toEqual(['CiliumEndpoint']);
    expect(left.find(({ kind }) => kind === 'K99')?.reason).toBe(`only ${mostCustomKinds} of ${mostCustomKinds + 6} custom kinds are read`);
  });

  it('are told apart by what is served where nobody may read definitions', () => {
    const served = (apiVersion: string, kind: string, group: ResourceKind['group']): ResourceKind => ({
      ...{ apiVersion, kind, group, plural: `${kind.toLowerCase()}s`, namespaced: true, shortNames: [], verbs: ['list', 'watch'] },
    });
    const { read } = chooseCustomKinds(null, [served('shop.example/v1', 'Lamp', 'custom'), served('apps/v1', 'Deployment', 'workloads')]);
    expect(versionsOf(read)).toEqual(['shop.example/v1 Lamp']);
  });

  it('have their objects up to a limit, and say what was refused', async () => {
    const lamp = (name: string): KubeObject => ({ apiVersion: 'shop.example/v1', kind: 'Lamp', metadata: { name } });
    const choice = chooseCustomKinds(
      ['Few', 'Many', 'Closed', 'Torn'].map((kind) => definition(kind, 'shop.example', [v1])),
      [],
    );
    const lists = {
      Few: [lamp('a')],
      Many: Array.from({ length: mostCustomObjects + 700 }, (_, i) => lamp(`m${i}`)),
      Closed: new AppError('FORBIDDEN', 'You may not list closeds.'),
      Torn: new AppError('CLUSTER_ERROR', 'conversion webhook failed'),
    };
    const readings = await readCustomKinds(accessWith(lists), choice, options);
    expect(readings.map(({ kind, items }) => [kind.kind, kind.coverage, kind.reason, items.length])).toEqual([
      ['Closed', 'forbidden', 'You may not list closeds.', 0],
      ['Few', 'read', null, 1],
      ['Many', 'unread', `only the first ${mostCustomObjects} objects are looked at`, mostCustomObjects],
      ['Torn', 'failed', 'conversion webhook failed', 0],
    ]);
    await expect(readCustomKinds(accessWith({ Few: new AppError('CANCELLED', 'ended') }), choice, options)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

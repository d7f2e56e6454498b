import { AppError, type KubeObject, refKey, refOf } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterAccess, WatchEvent } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import { collectSnapshot } from '../collect/collect-snapshot.ts';
import { findKind } from '../discovery/find-kind.ts';

/** What every way to a cluster must do alike. The cluster must have a ConfigMap and a Secret in `namespace`, and another namespace. */
export function describeClusterAccess(name: string, open: () => Promise<ClusterAccess>, namespace: string): void {
  describe(`${name} as cluster access`, () => {
    let access: ClusterAccess;
    const { signal } = new AbortController();
    const kind = async (text: string) => findKind(await access.kinds(signal), text);
    const all = async (text: string, scope: { namespace?: string } = {}) => (await listAll(access, await kind(text), { ...scope, signal })).items;

    beforeAll(async () => {
      access = await open();
    });
    afterAll(() => access.close());

    it('says its version in numbers', async () => {
      const { major, minor, gitVersion } = await access.version(signal);
      expect(major).toBeGreaterThanOrEqual(1);
      expect(minor).toBeGreaterThan(0);
      expect(gitVersion).not.toBe('');
    });

    it('has one entry a kind, each of which can be listed', async () => {
      const kinds = await access.kinds(signal);
      const names = kinds.map(({ apiVersion, kind: one, plural }) => `${apiVersion.split('/').slice(0, -1).join('')}|${one}|${plural}`);
      expect(new Set(names).size).toBe(names.length);
      expect(kinds.every(({ verbs }) => verbs.includes('list'))).toBe(true);
    });

    it('lists objects with their names, and from where a watch goes on', async () => {
      const { items, resourceVersion } = await listAll(access, await kind('cm'), { signal });
      expect(resourceVersion).not.toBe('');
      expect(items.length).toBeGreaterThan(0);
      for (const item of items) expect(item).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: expect.any(String) } });
    });

    it('limits a list to a namespace, but not for kinds that live in none', async () => {
      expect(new Set((await all('cm', { namespace })).map((item) => item.metadata.namespace))).toEqual(new Set([namespace]));
      expect((await all('ns', { namespace })).length).toBeGreaterThan(1);
    });

    it('has no applied configurations and no large field trees of managers', async () => {
      for (const { metadata } of [...(await all('cm')), ...(await all('secrets'))]) {
        expect(Object.keys(metadata.annotations ?? {})).not.toContain('kubectl.kubernetes.io/last-applied-configuration');
        for (const { fieldsV1 } of metadata.managedFields ?? []) expect(JSON.stringify(fieldsV1 ?? {}).length).toBeLessThan(20_000);
      }
    });

    it('has no values of Secrets', async () => {
      const secrets = await all('secrets', { namespace });
      expect(secrets.length).toBeGreaterThan(0);
      for (const secret of secrets) {
        const whole = await access.get(await kind('secrets'), namespace, secret.metadata.name, signal);
        for (const one of [secret, whole]) expect(valuesOf(one).filter((value) => value !== '')).toEqual([]);
        expect(secret).toHaveProperty('type');
      }
    });

    it('gets what it lists', async () => {
      const [first] = await all('cm', { namespace });
      if (first === undefined) throw new Error('no ConfigMap to get');
      const got = await access.get(await kind('cm'), namespace, first.metadata.name, signal);
      expect(refKey(refOf(got))).toBe(refKey(refOf(first)));
    });

    it('says NOT_FOUND for what is not there, and never leaves the API path', async () => {
      await expect(access.get(await kind('cm'), namespace, 'no-such-name', signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(access.get(await kind('cm'), namespace, '..', signal)).rejects.toBeInstanceOf(AppError);
    });

    it('begins a watch with a bookmark and ends it with the signal', async () => {
      const stopping = new AbortController();
      const { resourceVersion } = await listAll(access, await kind('cm'), { signal });
      const seen: WatchEvent[] = [];
      const watching = (async () => {
        for await (const event of access.watch(await kind('cm'), { resourceVersion, signal: stopping.signal, namespace })) {
          seen.push(event);
          stopping.abort();
        }
      })();
      await expect(watching).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(seen[0]).toEqual({ type: 'bookmark', resourceVersion });
    });

    it('does nothing for a signal that is aborted', async () => {
      const aborted = AbortSignal.abort();
      await expect(access.version(aborted)).rejects.toMatchObject({ code: 'CANCELLED' });
      await expect(listAll(access, await kind('cm'), { signal: aborted })).rejects.toMatchObject({ code: 'CANCELLED' });
    });

    it('answers a question it can not answer with the reason', async () => {
      const answer = await access.evidence.read({ need: 'secretShape', namespace, name: 'no-such-name' }, signal);
      expect(answer).toMatchObject({ state: expect.stringMatching(/^(absent|refused)$/), reason: expect.stringMatching(/.+/) });
    });

    it('collects a snapshot with coverage for every kind that was asked for', async () => {
      const snapshot = await collectSnapshot(access, { kinds: ['ConfigMap', 'Secret'], namespaces: [namespace], signal });
      expect(snapshot.coverage).toEqual({ Namespace: 'read', ConfigMap: 'read', Secret: 'read' });
      expect(snapshot.scope).toEqual([namespace]);
      const namespaces = snapshot.objects.filter((object) => object.kind !== 'Namespace').map((object) => object.metadata.namespace);
      expect(new Set(namespaces)).toEqual(new Set([namespace]));
    });
  });
}

function valuesOf(object: KubeObject): unknown[] {
  return 'data' in object && typeof object.data === 'object' && object.data !== null ? Object.values(object.data) : [];
}

import { gzipSync } from 'node:zlib';
import { AppError } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import type { Transport } from '../transport/transport.ts';
import { HelmReleases } from './helm-releases.ts';

const { signal } = new AbortController();
const refused = () => Promise.reject(new Error('not used'));

function accessTo(api: Transport | null): ClusterAccess {
  const recordedAt = api === null ? '2026-01-01T00:00:00Z' : null;
  const none = () => {
    throw new Error('not used');
  };
  return {
    ...{ id: 'x', server: null, recordedAt, namespaces: null, api, evidence: { read: refused } },
    ...{ version: refused, kinds: async () => [], get: refused, log: refused, list: none, watch: none, close: async () => undefined },
  };
}

const labelled = (name: string, version: number, status: string) => ({
  metadata: {
    ...{ name: `sh.helm.release.v1.${name}.v${version}`, namespace: 'shop', resourceVersion: String(version), creationTimestamp: '2026-01-01T00:00:00Z' },
    labels: { owner: 'helm', name, status, version: String(version) },
  },
});
const body = (name: string, version: number) =>
  JSON.stringify({
    data: {
      release: btoa(
        gzipSync(
          JSON.stringify({ name, version, info: { description: 'Install complete' }, chart: { metadata: { name: 'lantern', version: '1.0.0' } } }),
        ).toString('base64'),
      ),
    },
  });

/** Secrets in two pages; ConfigMaps may not be listed. */
class Records {
  readonly asked: string[] = [];
  readonly api: Transport = {
    json: async ({ path, query, accept }) => {
      this.asked.push(`${path} ${accept?.includes('PartialObjectMetadata')}`);
      if (path.endsWith('configmaps')) throw new AppError('FORBIDDEN', 'You may not list configmaps.');
      if (query?.continue === undefined)
        return { metadata: { continue: 'more' }, items: [labelled('web', 1, 'superseded'), labelled('web', 10, 'deployed'), { odd: 1 }] };
      return {
        metadata: {},
        items: [labelled('web', 9, 'superseded'), labelled('api', 1, 'failed'), { metadata: { name: 'not-a-release', namespace: 'shop' } }],
      };
    },
    text: async ({ path }) => {
      this.asked.push(path);
      if (path.includes('.api.')) throw new AppError('FORBIDDEN', 'You may not get secrets.');
      return body('web', 10);
    },
    ...{ stream: refused, bytes: refused, socket: refused, relay: refused },
    close: async () => undefined,
  };
}

describe('HelmReleases', () => {
  it('lists the newest revision of each by its labels, page by page, and tells what it could not see', async () => {
    const records = new Records();
    const list = await new HelmReleases(accessTo(records.api)).list(null, { charts: false, signal });
    expect(list).toMatchObject({
      releases: [
        { name: 'api', revision: 1, status: 'failed', chart: null, problem: null },
        { name: 'web', revision: 10, status: 'deployed', updatedAt: '2026-01-01T00:00:00Z' },
      ],
      skipped: [{ what: 'Helm releases kept in ConfigMaps', reason: 'You may not list configmaps.' }],
    });
    expect(records.asked.sort()).toEqual(['/api/v1/configmaps true', '/api/v1/secrets true', '/api/v1/secrets true']);
  });

  it('reads each record once, and says with a release what is wrong with its own', async () => {
    const records = new Records();
    const releases = new HelmReleases(accessTo(records.api));
    for (let i = 0; i < 2; i += 1) {
      const list = await releases.list('shop', { charts: true, signal });
      expect(list).toMatchObject({
        releases: [
          { name: 'api', problem: 'You may not get secrets.' },
          { name: 'web', chart: { name: 'lantern' }, description: 'Install complete' },
        ],
      });
    }
    expect(records.asked.filter((path) => path.includes('web.v10'))).toHaveLength(1);
  });

  it('says of a recording that there is nothing in it', async () => {
    const releases = new HelmReleases(accessTo(null));
    expect(await releases.list(null, { charts: true, signal })).toMatchObject({ state: 'notRecorded', reason: expect.stringContaining('recording') });
    await expect(releases.history({ name: 'web', namespace: 'shop' }, signal)).rejects.toMatchObject({ code: 'READ_ONLY' });
  });
});

import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { KubeObject, ResourceKind } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterSnapshot } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import { collectSnapshot } from '../collect/collect-snapshot.ts';
import { type EvidenceAnswer, evidenceKey } from '../evidence/evidence.ts';
import { describeClusterAccess } from '../testing/cluster-access-conformance.ts';
import { configMap, fakeKinds, secret } from '../testing/fake-responses.ts';
import { bundleContent } from './bundle-content.ts';
import { type BundleLimits, bundleLimits } from './bundle-format.ts';
import { openBundle } from './open-bundle.ts';
import { saveBundle } from './save-bundle.ts';

const { signal } = new AbortController();
const kinds: ResourceKind[] = fakeKinds.map((kind) => ({ ...kind, group: 'config', verbs: ['list'] }));
const kindOf = (name: string): ResourceKind => {
  const found = kinds.find((kind) => kind.kind === name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
};
const snapshot: ClusterSnapshot = {
  clusterId: 'prod',
  version: { gitVersion: 'v1.35.0', major: 1, minor: 35 },
  takenAt: Date.parse('2026-03-01T10:00:00Z'),
  scope: null,
  objects: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } },
    { ...configMap('shop', 'settings', { mode: 'x' }), metadata: { name: 'settings', namespace: 'shop', labels: { app: 'api', tier: 'web' } } },
    configMap('other', 'settings'),
    secret('shop', 'login', { password: 'geheim' }),
  ],
  coverage: { Namespace: 'read', ConfigMap: 'read', Secret: 'read', Pod: 'forbidden' },
  reasons: { Pod: 'You may not list pods.' },
  customKinds: [],
};
const question = { need: 'secretShape', namespace: 'shop', name: 'login' } as const;
const answer = { state: 'answered', need: 'secretShape', value: { type: 'Opaque', keys: {} } } as const;
const absent = { need: 'log', namespace: 'shop', pod: 'api', container: 'main', previous: true, lines: 200 } as const;
const logs = [{ namespace: 'shop', pod: 'api', container: 'main', previous: false, lines: ['2026-01-01T00:00:00Z one', '2026-01-01T00:00:01Z two'] }];
const content = bundleContent({
  access: { id: 'prod', server: 'https://prod:6443' },
  snapshot,
  kinds,
  evidence: new Map<string, EvidenceAnswer>([
    [evidenceKey(question), answer],
    [evidenceKey(absent), { state: 'absent', reason: 'no log of a previous run' }],
  ]),
  logs,
});

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-bundle-'));
  path = join(folder, 'prod.qdb.json.gz');
  await saveBundle(path, content);
});
afterAll(() => rm(folder, { recursive: true }));

describeClusterAccess('a recording', () => openBundle(path), 'shop');

describe('a saved bundle', () => {
  it('is one file that only its owner may read', async () => {
    expect(await readdir(folder)).toEqual(['prod.qdb.json.gz']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('opens as what was seen, frozen in time, without the values of Secrets', async () => {
    const access = await openBundle(path);
    expect(access).toMatchObject({ id: 'prod', server: 'https://prod:6443', recordedAt: '2026-03-01T10:00:00.000Z' });
    const again = await collectSnapshot(access, { kinds: ['ConfigMap', 'Secret', 'Pod', 'Deployment', 'Node'], namespaces: null, signal });
    expect(again).toMatchObject({ takenAt: snapshot.takenAt, version: snapshot.version });
    expect(again.coverage).toEqual({ Namespace: 'read', ConfigMap: 'read', Secret: 'read', Pod: 'forbidden', Deployment: 'unread', Node: 'absent' });
    expect(again.reasons.Pod).toBe('You may not list pods.');
    expect(again.objects).toHaveLength(5);
    expect(JSON.stringify(again)).not.toMatch(/Z2VoZWlt|geheim/);
  });

  it('answers what was asked while recording, and refuses the rest', async () => {
    const { evidence, log } = await openBundle(path).then((access) => ({ evidence: access.evidence, log: access.log.bind(access) }));
    await expect(evidence.read(question, signal)).resolves.toEqual(answer);
    await expect(evidence.read(absent, signal)).resolves.toEqual({ state: 'absent', reason: 'no log of a previous run' });
    await expect(evidence.read({ ...question, name: 'constructor' }, signal)).resolves.toMatchObject({ state: 'refused' });
    const asked = { namespace: 'shop', pod: 'api', container: 'main', previous: false, lines: 1, signal };
    await expect(log(asked)).resolves.toEqual(['2026-01-01T00:00:01Z two']);
    await expect(evidence.read({ need: 'log', ...asked }, signal)).resolves.toMatchObject({ value: [{ at: '2026-01-01T00:00:01Z', text: 'two' }] });
    await expect(log({ ...asked, previous: true })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  it.each([
    ['app=api', 1],
    ['app=api,tier!=web', 0],
    ['app', 1],
    ['!app', 1],
    ['app in (api, x),tier notin (db)', 1],
    ['app notin (api)', 1],
  ])('is filtered by labels as the API server does: %s', async (labelSelector, count) => {
    expect((await listAll(await openBundle(path), kindOf('ConfigMap'), { labelSelector, signal })).items).toHaveLength(count);
  });

  it('is filtered by fields, and says where a selector is none', async () => {
    const access = await openBundle(path);
    const list = (fieldSelector: string) => listAll(access, kindOf('ConfigMap'), { fieldSelector, signal });
    expect((await list('metadata.namespace=other')).items).toHaveLength(1);
    expect((await list('metadata.namespace!=other,data.mode=x')).items).toHaveLength(1);
    await expect(list('what is this')).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});

describe('a bundle from somebody else', () => {
  const frame = { format: 'quarterdeck-snapshot', version: 1, ...content, objects: [] as unknown[] };
  const opened = async (bytes: Uint8Array) => {
    const hostile = join(folder, 'hostile.qdb.json.gz');
    await writeFile(hostile, bytes);
    return openBundle(hostile);
  };
  const packed = (value: unknown) => gzipSync(typeof value === 'string' ? value : JSON.stringify(value));
  const whole = packed(frame);

  it.each<[string, Uint8Array, string]>([
    ['no gzip', Buffer.from('{}'), 'not a gzip file'],
    ['cut off', whole.subarray(0, whole.byteLength / 2), 'ends too early'],
    ['no JSON', packed('{"format":'), 'not JSON'],
    ['something else', packed({ kind: 'List' }), 'does not say format'],
    ['a later version', packed({ ...frame, version: 2 }), 'format version is 2'],
    ['a bad frame', packed({ ...frame, kinds: [{}] }), 'kinds.0.apiVersion'],
    ['a bad time', packed({ ...frame, meta: { ...frame.meta, takenAt: 'yesterday' } }), 'meta.takenAt'],
    ['no object', packed({ ...frame, objects: ['x'] }), 'objects[0]'],
    ['an object without a name', packed({ ...frame, objects: [configMap('a', 'b'), { apiVersion: 'v1', kind: 'Pod', metadata: {} }] }), 'objects[1] (Pod)'],
    ['deep nesting', packed(`${'['.repeat(bundleLimits.depth + 1)}`), 'nested more than 64 deep at byte 65'],
    ['a long string', packed(`"${'\\"'.repeat(bundleLimits.stringBytes / 2 + 1)}"`), 'a string is longer'],
  ])('is refused with what and where: %s', async (_name, bytes, words) => {
    await expect(opened(bytes)).rejects.toMatchObject({ code: 'BUNDLE_INVALID', message: expect.stringContaining(words), hint: expect.stringMatching(/.+/) });
  });

  it.each<[string, Partial<BundleLimits>, string]>([
    ['is unpacked', { inflatedBytes: 1024 * 1024 }, 'unpacks to more than 1 MiB'],
    ['is too large', { compressedBytes: 1024 }, 'the file is larger than'],
    ['has too many values', { values: 1000 }, 'more than 1000 values'],
  ])('is refused while it %s', async (_name, limits, words) => {
    const bomb = packed(`[${'{},'.repeat(2_000_000)}{}]`);
    const hostile = join(folder, 'bomb.qdb.json.gz');
    await writeFile(hostile, bomb);
    await expect(openBundle(hostile, { limits: { ...bundleLimits, ...limits } })).rejects.toMatchObject({
      code: 'BUNDLE_INVALID',
      message: expect.stringContaining(words),
    });
  });

  it('is refused where it has too many objects', async () => {
    await expect(openBundle(path, { limits: { ...bundleLimits, objects: 4 } })).rejects.toMatchObject({
      message: expect.stringContaining('more than 4 objects'),
    });
  });

  it('brings no values of Secrets in, even where it has some', async () => {
    const access = await opened(packed({ ...frame, objects: [secret('shop', 'login', { password: 'geheim' })] satisfies KubeObject[] }));
    const { items } = await listAll(access, kindOf('Secret'), { signal });
    expect(items).toMatchObject([{ data: { password: '' } }]);
  });

  it('that is not there is NOT_FOUND', async () => {
    await expect(openBundle(join(folder, 'gone'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

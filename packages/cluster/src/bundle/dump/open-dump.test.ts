import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { KubeObject } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { listAll } from '../../access/list-all.ts';
import { findKind } from '../../discovery/find-kind.ts';
import { bundleLimits } from '../bundle-format.ts';
import { openRecording } from '../open-recording.ts';

const { signal } = new AbortController();
const node = { metadata: { name: 'node-1', creationTimestamp: '2026-01-01T00:00:00Z' }, status: { nodeInfo: { kubeletVersion: 'v1.34.2' } } };
const pod = { metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } }, status: { startTime: '2026-03-01T10:00:00Z' } };
const certificate = { metadata: { name: 'old', namespace: 'shop' }, spec: { notAfter: '2031-01-01T00:00:00Z' } };
const nodes = { apiVersion: 'v1', kind: 'NodeList', items: [node] };
const pods = { apiVersion: 'v1', kind: 'PodList', items: [pod] };
const deployments = { apiVersion: 'apps/v1', kind: 'DeploymentList', items: null };
const custom = { apiVersion: 'example.org/v1', kind: 'CertificateList', items: [certificate] };
const log = '==== START logs for container web of pod shop/web ====\nfirst\nsecond\n==== END logs for container web of pod shop/web ====\n';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-dump-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(place: string, content: unknown): Promise<void> {
  const path = join(folder, place);
  await mkdir(dirname(path), { recursive: true });
  const asText = place.endsWith('.yaml') ? stringify : (value: unknown) => JSON.stringify(value, null, 4);
  await writeFile(path, typeof content === 'string' ? content : asText(content));
}

async function writeDump(ending: 'json' | 'yaml'): Promise<void> {
  await write(`nodes.${ending}`, nodes);
  await write(`shop/pods.${ending}`, pods);
  await write(`shop/deployments.${ending}`, deployments);
  await write(`shop/certificates.${ending}`, custom);
  await write('shop/web/logs.txt', log);
  await write('notes.md', 'not a part');
}

const kinds: [string, () => Promise<string>][] = [
  ['a folder of JSON', () => writeDump('json').then(() => folder)],
  ['a folder of YAML', () => writeDump('yaml').then(() => folder)],
  [
    'the printed text',
    async () => {
      const documents = [nodes, pods, deployments, custom].map((list) => JSON.stringify(list, null, 4));
      await write('dump.txt', `${documents.join('\n')}\n${log}`);
      return join(folder, 'dump.txt');
    },
  ],
];

describe.each(kinds)('a dump as %s', (_name, make) => {
  it('answers as a cluster whose time stands still', async () => {
    const access = await openRecording(await make());
    const list = async (text: string) => (await listAll(access, findKind(await access.kinds(signal), text), { signal })).items;
    expect(access).toMatchObject({ recordedAt: '2026-03-01T10:00:00.000Z', namespaces: ['shop'], api: null });
    await expect(access.version(signal)).resolves.toMatchObject({ gitVersion: 'v1.34.2', minor: 34 });
    expect(await list('pods')).toMatchObject([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } }]);
    expect(await list('deploy')).toEqual([]);
    expect(await list('ns')).toMatchObject([{ metadata: { name: 'shop' } }]);
    expect(await list('Certificate')).toMatchObject([{ apiVersion: 'example.org/v1', metadata: { name: 'old' } }]);
    await expect(list('cm')).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    const asked = { namespace: 'shop', pod: 'web', container: 'web', previous: false, lines: 1, signal };
    await expect(access.log(asked)).resolves.toEqual(['second']);
  });
});

describe('a dump from somebody else', () => {
  const nested = (depth: number): unknown => (depth === 0 ? {} : [nested(depth - 1)]);

  it.each<[string, () => Promise<unknown>, string]>([
    ['a link to a file', () => symlink('/etc/passwd', join(folder, 'nodes.json')), 'nodes.json is a link'],
    ['a link to a folder', () => symlink('/', join(folder, 'shop')), 'shop is a link'],
    ['no list', () => write('nodes.json', { kind: 'Node' }), 'nodes.json is not a list of objects'],
    ['broken JSON', () => write('shop/pods.json', '{"kind":'), 'shop/pods.json is not JSON'],
    ['broken YAML', () => write('nodes.yaml', 'a: [b'), 'nodes.yaml is not YAML'],
    ['aliases that unfold', () => write('nodes.yaml', 'kind: &a NodeList\napiVersion: v1\nitems: [*a, *a]'), 'nodes.yaml is not YAML'],
    ['deep nesting', () => write('nodes.json', { ...nodes, items: [nested(70)] }), 'nested more than'],
    ['an object without a name', () => write('nodes.json', { ...nodes, items: [{ metadata: {} }] }), 'items[0] has no usable metadata'],
    ['nothing', () => write('readme.txt', 'x'), 'no list of objects'],
  ])('is refused with what and where: %s', async (_name, make, words) => {
    await make();
    await expect(openRecording(folder)).rejects.toMatchObject({ code: 'BUNDLE_INVALID', message: expect.stringContaining(words) });
  });

  it('is refused beyond the limits', async () => {
    await writeDump('json');
    await expect(openRecording(folder, { limits: { ...bundleLimits, inflatedBytes: 300 } })).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    await expect(openRecording(folder, { limits: { ...bundleLimits, objects: 1 } })).rejects.toMatchObject({
      message: expect.stringContaining('more than 1 objects'),
    });
  });

  it('has no way to give an object a prototype', async () => {
    const hostile: KubeObject[] = JSON.parse('[{"metadata":{"name":"x","labels":{"__proto__":"y"}},"__proto__":{"polluted":true}}]');
    await write('nodes.json', { ...nodes, items: hostile });
    const access = await openRecording(folder);
    expect((await listAll(access, findKind(await access.kinds(signal), 'node'), { signal })).items).toHaveLength(1);
    expect({}).not.toHaveProperty('polluted');
  });
});

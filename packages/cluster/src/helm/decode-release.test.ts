import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeRelease } from './decode-release.ts';

const release = {
  name: 'lamp',
  version: 2,
  info: { status: 'deployed' },
  chart: { metadata: { name: 'lantern', version: '1.0.0' } },
  config: { mode: 'storm' },
  manifest: 'kind: ConfigMap\n',
};

const packed = (value: unknown) => gzipSync(JSON.stringify(value)).toString('base64');

describe('a record of Helm', () => {
  it('is unpacked; what charts leave out is empty', async () => {
    const decoded = await decodeRelease(packed(release));
    expect(decoded).toMatchObject({
      version: 2,
      config: { mode: 'storm' },
      hooks: [],
      chart: { values: {}, metadata: { appVersion: null, dependencies: [] } },
    });
  });

  it('may be without gzip, as early versions wrote it', async () => {
    await expect(decodeRelease(btoa(JSON.stringify(release)))).resolves.toMatchObject({ name: 'lamp' });
  });

  it.each([
    ['is not JSON', btoa('hello'), 'CLUSTER_ERROR', 'it is not JSON'],
    ['does not unpack', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('garbage')]).toString('base64'), 'CLUSTER_ERROR', 'does not unpack'],
    ['lacks its chart', packed({ ...release, chart: null }), 'CLUSTER_ERROR', 'its field chart is not as Helm writes it'],
    ['unpacks without end', gzipSync(Buffer.alloc(65 * 1024 * 1024)).toString('base64'), 'PAYLOAD_TOO_LARGE', 'more than 64 MiB'],
  ])('that %s says so', async (_name, encoded, code, words) => {
    await expect(decodeRelease(encoded)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

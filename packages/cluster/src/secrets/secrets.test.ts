import { readFile } from 'node:fs/promises';
import type { ActDraft, ActEnd, ActLog } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { secret } from '../testing/fake-responses.ts';
import { readCertificates } from './read-certificates.ts';
import { revealSecretValue } from './reveal-value.ts';

const { signal } = new AbortController();
const testdata = (name: string) => readFile(new URL(`../evidence/testdata/${name}`, import.meta.url), 'utf8');
const place = (key: string) => ({ namespace: 'shop', name: 'login', key });

let server: FakeApiServer;
let access: ClusterAccess;
let told: (ActDraft | ActEnd)[];
let acts: ActLog;
beforeEach(async () => {
  server = new FakeApiServer();
  access = await openCluster(await server.start());
  told = [];
  acts = {
    async begin(draft) {
      told.push(draft);
      return { id: 'a', end: async (end) => void told.push(end) };
    },
  };
});
afterEach(async () => {
  await access.close();
  await server.stop();
});

describe('a revealed value', () => {
  it('is decoded, alone, and written down without itself', async () => {
    server.put(secret('shop', 'login', { password: 'hunter2', other: 'not asked for' }));
    const revealed = await revealSecretValue(access, place('password'), { acts, signal });
    expect(revealed).toEqual({ encoding: 'text', value: 'hunter2', bytes: 7 });
    expect(told).toMatchObject([{ action: 'secret.reveal', target: { kind: 'Secret', name: 'login' }, input: { key: 'password' } }, { outcome: 'done' }]);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  it('comes as base64 where it is no text', async () => {
    const object = secret('shop', 'login', {});
    server.put(Object.assign(object, { data: { bytes: Buffer.from([0, 255, 1]).toString('base64') } }));
    expect(await revealSecretValue(access, place('bytes'), { acts, signal })).toEqual({ encoding: 'base64', value: 'AP8B', bytes: 3 });
  });

  it('is not read where that cannot be written down first', async () => {
    server.put(secret('shop', 'login', { password: 'hunter2' }));
    const before = server.requests.length;
    const full: ActLog = { begin: () => Promise.reject(new Error('full')) };
    await expect(revealSecretValue(access, place('password'), { acts: full, signal })).rejects.toThrow('full');
    expect(server.requests.length).toBe(before);
  });

  it('is missing in plain words, which are written down too', async () => {
    server.put(secret('shop', 'login', {}));
    await expect(revealSecretValue(access, place('gone'), { acts, signal })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(told.at(-1)).toMatchObject({ outcome: 'failed' });
  });
});

it('tells the certificates of a Secret, with their chain and whether the key is theirs, and no value', async () => {
  const [crt, key] = [await testdata('api-shop.crt'), await testdata('api-shop.key')];
  server.put(secret('shop', 'tls', { 'tls.crt': `${crt}\n${crt}`, 'tls.key': key, 'ca.crt': 'garbage', note: 'x' }));
  const { certificates, unread } = await readCertificates(access.evidence, { namespace: 'shop', name: 'tls' }, signal);
  expect(certificates).toMatchObject([
    { key: 'tls.crt', names: ['api.shop', '*.api.shop', '10.0.0.7'], keyMatches: true, chain: [{ subject: 'O=Shop, CN=api.shop' }] },
  ]);
  expect(unread).toMatchObject([{ key: 'ca.crt' }]);
});

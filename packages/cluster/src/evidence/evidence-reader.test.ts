import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { secret } from '../testing/fake-responses.ts';
import type { EvidenceAnswer, EvidenceRequest, SecretShape } from './evidence.ts';

const { signal } = new AbortController();
const testdata = (name: string) => readFile(new URL(`testdata/${name}`, import.meta.url), 'utf8');

let server: FakeApiServer;
let access: ClusterAccess;
beforeEach(async () => {
  server = new FakeApiServer();
  access = await openCluster(await server.start());
});
afterEach(async () => {
  await access.close();
  await server.stop();
});

const ask = (request: EvidenceRequest): Promise<EvidenceAnswer> => access.evidence.read(request, signal);

async function shapeOf(values: Record<string, string>): Promise<SecretShape> {
  server.put(secret('shop', 'login', values));
  const answer = await ask({ need: 'secretShape', namespace: 'shop', name: 'login' });
  if (answer.state !== 'answered' || answer.need !== 'secretShape') throw new Error('no shape');
  return answer.value;
}

describe('the shape of a Secret', () => {
  it('shows that a value is another one encoded twice, without showing either', async () => {
    const { type, keys } = await shapeOf({ plain: 'hunter2', twice: btoa('hunter2'), broken: `${btoa('hunter2')}\n`, other: 'hunter3' });
    expect(type).toBe('Opaque');
    expect(keys.twice?.decodedFingerprint).toBe(keys.plain?.fingerprint);
    expect(keys.broken?.decodedFingerprint).toBe(keys.plain?.fingerprint);
    expect(keys.other?.fingerprint).not.toBe(keys.plain?.fingerprint);
    expect(keys.plain?.length).toBe(7);
    expect(JSON.stringify(keys)).not.toMatch(new RegExp(`hunter|${btoa('hunter2')}`));
  });

  it('shows white space around a value', async () => {
    const { keys } = await shapeOf({ plain: 'hunter2', spaced: ' hunter2\n' });
    expect(keys.spaced?.trimmedFingerprint).toBe(keys.plain?.fingerprint);
    expect(keys.spaced?.fingerprint).not.toBe(keys.plain?.fingerprint);
    expect(keys.plain?.trimmedFingerprint).toBe(keys.plain?.fingerprint);
  });

  it.each([
    ['an ordinary word', 'password'],
    ['too short', btoa('abc')],
    ['not padded', btoa('hunter').slice(0, -1)],
    ['bytes that are no text', Buffer.from([1, 2, 3, 4, 255, 254]).toString('base64')],
    ['not canonical', 'aHVudGVyMh=='],
  ])('takes nothing for encoded twice that is not: %s', async (_name, value) => {
    expect((await shapeOf({ value })).keys.value?.decodedFingerprint).toBeNull();
  });

  it('is absent where the Secret is not there, and refused where it is not ours to read', async () => {
    await expect(ask({ need: 'secretShape', namespace: 'shop', name: 'gone' })).resolves.toEqual({ state: 'absent', reason: 'Not found: secrets shop/gone.' });
    server.refuseOnce('/secrets/login', 403);
    await expect(ask({ need: 'secretShape', namespace: 'shop', name: 'login' })).resolves.toEqual({
      state: 'refused',
      reason: 'You may not get secrets shop/login.',
    });
  });
});

describe('the facts of a certificate', () => {
  const request = { need: 'certificate', namespace: 'shop', name: 'tls', key: 'tls.crt' } as const;

  it('are its names, its time and whether the key belongs to it', async () => {
    server.put(secret('shop', 'tls', { 'tls.crt': await testdata('api-shop.crt'), 'tls.key': await testdata('api-shop.key') }));
    await expect(ask(request)).resolves.toEqual({
      state: 'answered',
      need: 'certificate',
      value: {
        subject: 'O=Shop, CN=api.shop',
        issuer: 'O=Shop, CN=api.shop',
        notBefore: expect.stringMatching(/^2026-11-21T/),
        notAfter: expect.stringMatching(/^2126-10-28T/),
        names: ['api.shop', '*.api.shop', '10.0.0.7'],
        keyMatches: true,
      },
    });
  });

  it('say where the key is of another certificate, and where there is none', async () => {
    const crt = await testdata('api-shop.crt');
    server.put(secret('shop', 'tls', { 'tls.crt': crt, 'tls.key': 'garbage' }));
    await expect(ask(request)).resolves.toMatchObject({ value: { keyMatches: false } });
    server.put(secret('shop', 'tls', { 'ca.crt': crt, 'tls.key': 'garbage' }));
    await expect(ask({ ...request, key: 'ca.crt' })).resolves.toMatchObject({ value: { keyMatches: null } });
    await expect(ask(request)).resolves.toEqual({ state: 'absent', reason: 'The Secret shop/tls has no key tls.crt.' });
    server.put(secret('shop', 'tls', { 'tls.crt': 'garbage' }));
    await expect(ask(request)).resolves.toEqual({ state: 'absent', reason: 'The key tls.crt of the Secret shop/tls is not a PEM certificate.' });
  });
});

describe('a log', () => {
  const request = { need: 'log', namespace: 'shop', pod: 'api', container: 'main', previous: false, lines: 10 } as const;

  it('comes as lines with their times', async () => {
    server.logs.set('shop/api/main', '2026-01-01T00:00:00.123456789Z panic: no route\n2026-01-01T00:00:01Z \nno time\n');
    await expect(ask(request)).resolves.toEqual({
      state: 'answered',
      need: 'log',
      value: [
        { at: '2026-01-01T00:00:00.123456789Z', text: 'panic: no route' },
        { at: '2026-01-01T00:00:01Z', text: '' },
        { at: null, text: 'no time' },
      ],
    });
    expect(server.requests.at(-1)).toContain('timestamps=true&tailLines=10');
  });

  it('of a run that never was is absent, said in plain words', async () => {
    await expect(ask({ ...request, previous: true })).resolves.toEqual({
      state: 'absent',
      reason: 'The container main of shop/api has no log of a previous run.',
    });
  });

  it('is refused where the node answers with a sentence of its own', async () => {
    server.logs.set('shop/api/main', 'unable to retrieve container logs for containerd://24d7');
    await expect(ask(request)).resolves.toEqual({ state: 'refused', reason: 'the node has no log of it now' });
  });

  it('is refused where it may not be read', async () => {
    server.refuseOnce('/pods/api/log', 403);
    await expect(ask(request)).resolves.toEqual({ state: 'refused', reason: 'You may not get pods/log shop/api.' });
  });

  it('throws only when it is cancelled', async () => {
    await expect(access.evidence.read(request, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

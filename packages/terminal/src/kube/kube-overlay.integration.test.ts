import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { KubeOverlay } from './kube-overlay.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-overlay-'));
});
afterAll(() => rm(folder, { recursive: true }));

const own = `
current-context: dev
contexts:
  - {name: dev, context: {cluster: c1, user: u1, namespace: team}}
  - {name: prod, context: {cluster: c2, user: u2}}
users: [{name: u1, user: {token: very-secret}}]
`;

it('holds the context that is chosen and its entry, and nothing of logins', async () => {
  const file = join(folder, 'own');
  await writeFile(file, own);
  const overlay = new KubeOverlay(join(folder, 'kube', 'config'), [join(folder, 'missing'), file]);
  expect(await overlay.set('dev', null)).toEqual({ context: 'dev', namespace: 'team' });
  expect(await overlay.set('prod', 'shop')).toEqual({ context: 'prod', namespace: 'shop' });
  await expect(overlay.set('none', null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const text = await readFile(overlay.path, 'utf8');
  expect(text).not.toContain('very-secret');
  expect((await stat(overlay.path)).mode & 0o777).toBe(0o600);
  expect(parse(text)).toMatchObject({ 'current-context': 'prod' });
  expect(await readFile(file, 'utf8')).toBe(own);
});

it('takes in the entry of a context that somebody switched to', async () => {
  const path = join(folder, 'switched');
  await writeFile(path, 'current-context: dev\n');
  const overlay = new KubeOverlay(path, [join(folder, 'own')]);
  expect(await overlay.read()).toEqual({ context: 'dev', namespace: 'team' });
  expect(parse(await readFile(path, 'utf8'))).toMatchObject({ contexts: [{ name: 'dev', context: { cluster: 'c1', user: 'u1' } }] });
});

it('leads through a door, and back', async () => {
  const overlay = new KubeOverlay(join(folder, 'door'), [join(folder, 'own')]);
  const door = { server: 'https://127.0.0.1:4', token: 't', certificateAuthority: 'pem' };
  await overlay.set('dev', 'shop', door);
  expect(parse(await readFile(overlay.path, 'utf8'))).toMatchObject({
    contexts: [{ name: 'dev', context: { cluster: 'quarterdeck-gate', user: 'quarterdeck-gate', namespace: 'shop' } }],
    clusters: [{ cluster: { server: door.server } }],
    users: [{ user: { token: 't' } }],
  });
  await overlay.set('dev', 'shop', null);
  expect(parse(await readFile(overlay.path, 'utf8'))).toMatchObject({ contexts: [{ context: { cluster: 'c1', user: 'u1' } }], clusters: [], users: [] });
});

import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, loginConsentSchema } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConsentStore, fileConsentStore } from './consent.ts';
import type { Located } from './kubeconfig-file.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts';
import { ConnectionReader } from './read-connection.ts';

let folder: string;
let consents: ConsentStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-consent-'));
  consents = fileConsentStore(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const plugin = {
  apiVersion: 'client.authentication.k8s.io/v1',
  command: './login',
  args: ['--as', 'ann'],
  env: [
    { name: 'LD_PRELOAD', value: '/evil.so' },
    { name: 'API_TOKEN', value: 'geheim' },
  ],
};

function read(user: UserEntry, cluster: Partial<ClusterEntry> = {}) {
  const at = { file: '/uploads/x.yaml', line: 3 };
  const read = new ConnectionReader({
    environment: {},
    readFile: async () => Buffer.from('text'),
    now: () => 0,
    runProgram: () => Promise.reject(new Error('nobody runs')),
    fetchText: () => Promise.reject(new Error('nobody asks')),
    trusted: false,
    consents,
  });
  return read.read({ ...at, value: { server: 'https://api', ...cluster } }, { ...at, value: user } satisfies Located<UserEntry>);
}

async function askedBy(reading: Promise<unknown>) {
  const thrown: unknown = await reading.catch((error: unknown) => error);
  if (!(thrown instanceof AppError)) throw new Error('nothing was asked');
  return { error: thrown, consent: loginConsentSchema.parse(thrown.details.consent) };
}

describe('an imported kubeconfig', () => {
  it('says exactly what it wants to run, and is taken at its word once that is allowed', async () => {
    const { error, consent } = await askedBy(read({ exec: plugin }));
    expect(error).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('run the program /uploads/login --as ann with LD_PRELOAD=/evil.so') });
    expect(consent).toMatchObject({ command: ['/uploads/login', '--as', 'ann'], files: [], server: 'https://api' });
    expect(JSON.stringify([error, error.message])).not.toContain('geheim');
    await consents.add(consent);
    await expect(read({ exec: plugin })).resolves.toMatchObject({ server: 'https://api' });
    const [file = ''] = await readdir(folder);
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  });

  it.each<[string, UserEntry, Partial<ClusterEntry>]>([
    ['another argument', { exec: { ...plugin, args: ['--as', 'bob'] } }, {}],
    ['another variable', { exec: { ...plugin, env: [{ name: 'LD_PRELOAD', value: '/more-evil.so' }] } }, {}],
    ['another value of a hidden variable', { exec: { ...plugin, env: [plugin.env[0] ?? { name: '', value: '' }, { name: 'API_TOKEN', value: 'other' }] } }, {}],
    ['another program', { exec: { ...plugin, command: 'login' } }, {}],
    ['a file besides', { exec: plugin, tokenFile: '/etc/passwd' }, {}],
    ['another server', { exec: plugin }, { server: 'https://evil' }],
    ['another proxy', { exec: plugin }, { 'proxy-url': 'http://evil' }],
    ['no check of the server', { exec: plugin }, { 'insecure-skip-tls-verify': true }],
  ])('asks again for %s', async (_what, user, cluster) => {
    await consents.add((await askedBy(read({ exec: plugin }))).consent);
    await expect(read(user, cluster)).rejects.toMatchObject({ code: 'FORBIDDEN', details: { login: 'consent' } });
  });

  it('says who else could hear the answer', async () => {
    const cluster = { 'proxy-url': 'http://ann:geheim@proxy:3128', 'insecure-skip-tls-verify': true };
    expect((await askedBy(read({ exec: plugin }, cluster))).consent).toMatchObject({ proxy: 'http://ann:hidden@proxy:3128/', serverChecked: false });
    expect((await askedBy(read({ exec: plugin }))).consent).toMatchObject({ proxy: null, serverChecked: true });
  });

  it('names the files that it would send, and needs no leave for what it brings itself', async () => {
    const { error, consent } = await askedBy(read({ tokenFile: '../.ssh/id_rsa' }));
    expect(error.message).toContain('read the file /.ssh/id_rsa for https://api');
    expect(consent).toMatchObject({ command: null, files: ['/.ssh/id_rsa'] });
    await expect(read({ token: 'own' })).resolves.toMatchObject({ server: 'https://api' });
  });
});

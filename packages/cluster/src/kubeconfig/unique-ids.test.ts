import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type KubeconfigSources, loadKubeconfig } from './load-kubeconfig.ts';

/** Files by path; what has files below it is a folder. */
function sources(files: Record<string, string>, rest: Partial<KubeconfigSources> = {}): KubeconfigSources {
  const readFile = async (path: string) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return Buffer.from(text);
  };
  const listFolder = async (path: string) => {
    const names = Object.keys(files).flatMap((file) => (file.startsWith(`${path}/`) ? [file.slice(path.length + 1)] : []));
    return names.length === 0 ? null : names;
  };
  const nobody = () => Promise.reject(new Error('nothing is run or fetched'));
  return { environment: {}, homeDirectory: '/home/ann', readFile, listFolder, now: () => 0, runProgram: nobody, fetchText: nobody, ...rest };
}

const file = (context: string, server: string, { user = 'token: t', current = '' } = {}) => `
current-context: "${current}"
clusters: [{name: default, cluster: {server: "https://${server}"}}]
users: [{name: default, user: {${user}}}]
contexts: [{name: ${context}, context: {cluster: default, user: default}}]
`;
const serversOf = async (given: KubeconfigSources) => Object.fromEntries((await loadKubeconfig(given)).contexts.map(({ id, server }) => [id, server]));

describe('a folder of kubeconfigs', () => {
  it('gives the contexts of each file with the entries of that file, and no name to two clusters', async () => {
    const files = {
      '/many/a.yaml': file('default', 'a'),
      '/many/b.yaml': file('default', 'b'),
      '/many/c.yaml': file('shop', 'c'),
      '/many/a.yaml~': file('old', 'old'),
      '/many/notes.yaml': 'shopping: [milk]',
      '/many/broken.yaml': 'clusters: [',
    };
    const given = sources(files, { file: '/many' });
    expect(await serversOf(given)).toEqual({ 'default@a.yaml': 'https://a', 'default@b.yaml': 'https://b', shop: 'https://c' });
    const { problems, currentContext } = await loadKubeconfig(given);
    expect(problems).toMatchObject([{ file: '/many/broken.yaml', line: 1 }]);
    expect(currentContext).toBeNull();
  });

  it('may stand in KUBECONFIG, and says what is current where only one file does', async () => {
    const files = { '/many/a': file('a', 'a'), '/many/b': file('b', 'b', { current: 'b' }), '/one': file('b', 'one') };
    const environment = { KUBECONFIG: `/many${delimiter}/one` };
    expect(await serversOf(sources(files, { environment }))).toEqual({ a: 'https://a', b: 'https://one', 'b@b': 'https://b' });
    expect((await loadKubeconfig(sources(files, { environment }))).currentContext).toBe('b@b');
  });
});

describe('an uploaded kubeconfig', () => {
  const own = '/home/ann/.kube/config';

  it('keeps a name of its own, and never gets the login of another file', async () => {
    const evil = 'clusters: [{name: evil, cluster: {server: "https://evil"}}]\ncontexts: [{name: shop, context: {cluster: evil, user: default}}]';
    const files = {
      [own]: file('shop', 'own', { current: 'shop' }),
      '/up/new.yaml': file('shop', 'new', { current: 'shop' }),
      '/up/evil.yaml': evil,
      '/up/.half': evil,
    };
    const given = sources(files, { uploads: '/up' });
    expect(await serversOf(given)).toEqual({ shop: 'https://own', 'shop@new.yaml': 'https://new' });
    const { currentContext, problems } = await loadKubeconfig(given);
    expect(currentContext).toBe('shop');
    expect(problems).toMatchObject([{ file: '/up/evil.yaml', message: expect.stringContaining('names the user default, which no file defines') }]);
  });

  it('runs no program and reads no file', async () => {
    const user = 'exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/evil}';
    const { contexts } = await loadKubeconfig(sources({ '/up/x.old': file('x', 'x', { user }) }, { uploads: '/up' }));
    expect(contexts).toMatchObject([{ id: 'x@x.old', origin: 'uploaded' }]);
    await expect(contexts[0]?.connection()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the fingerprint', () => {
  it('changes with server and login, and with nothing else', async () => {
    const of = async (text: string) => (await loadKubeconfig(sources({ '/home/ann/.kube/config': text }))).contexts[0]?.fingerprint;
    const first = await of(file('a', 'a'));
    expect(await of(file('b', 'a', { current: 'b' }))).toBe(first);
    expect(await of(file('a', 'z'))).not.toBe(first);
    expect(await of(file('a', 'a', { user: 'token: other' }))).not.toBe(first);
  });
});

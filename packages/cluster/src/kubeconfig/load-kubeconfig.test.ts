import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type KubeconfigSources, loadKubeconfig } from './load-kubeconfig.ts';

function sources(files: Record<string, string>, environment: Record<string, string> = {}, now = () => 0): KubeconfigSources {
  const readFile = async (path: string) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return Buffer.from(text);
  };
  const nobody = () => Promise.reject(new Error('nothing is run or fetched'));
  return { environment, homeDirectory: '/home/ann', readFile, now, runProgram: nobody, fetchText: nobody };
}

const file = (name: string, { server = `https://${name}:6443`, user = 'token: t', cluster = '', current = name } = {}) => `
current-context: ${current}
clusters: [{name: ${name}, cluster: {server: "${server}"${cluster === '' ? '' : `, ${cluster}`}}}]
users: [{name: ${name}, user: {${user}}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: shop}}]
`;
const config = '/home/ann/.kube/config';
const { signal } = new AbortController();
const connectionOf = async (text: string, files: Record<string, string> = {}, now = () => 0) => {
  files[config] = text;
  const [context] = (await loadKubeconfig(sources(files, {}, now))).contexts;
  if (context === undefined) throw new Error('no context');
  return context.connection();
};

describe('the files', () => {
  it('are the one in the home directory, where KUBECONFIG names none', async () => {
    const { contexts, currentContext, problems } = await loadKubeconfig(sources({ [config]: file('a') }));
    expect(contexts).toMatchObject([{ id: 'a', cluster: 'a', user: 'a', namespace: 'shop', server: 'https://a:6443' }]);
    expect({ currentContext, problems }).toEqual({ currentContext: 'a', problems: [] });
  });

  it('are merged as kubectl does: the first that has a name wins, absent ones are no problem', async () => {
    const files = { '/1': file('a', { current: "''" }), '/2': file('b'), '/3': file('a', { server: 'https://late:6443', current: 'a' }) };
    const merged = await loadKubeconfig(sources(files, { KUBECONFIG: ['/1', '/absent', '/2', '/3'].join(delimiter) }));
    expect(merged.contexts.map(({ id, server }) => [id, server])).toEqual([
      ['a', 'https://a:6443'],
      ['b', 'https://b:6443'],
    ]);
    expect(merged).toMatchObject({ currentContext: 'b', problems: [] });
  });

  it('that are broken are problems with their line, and the others stay usable', async () => {
    const files = { '/bad': 'clusters:\n  - name: x\n\tcluster: {}\n', '/good': file('a') };
    const { contexts, problems } = await loadKubeconfig(sources(files, { KUBECONFIG: `/bad${delimiter}/good` }));
    expect(contexts.map(({ id }) => id)).toEqual(['a']);
    expect(problems).toMatchObject([{ file: '/bad', line: 3, message: expect.stringContaining('/bad, line 3: this is not valid YAML') }]);
  });

  it('lose only the entry that is wrong', async () => {
    const text = file('a').replace('clusters: [', 'clusters: [{name: odd, cluster: {server: "ftp://x"}},\n  ');
    const { contexts, problems } = await loadKubeconfig(sources({ [config]: text }));
    expect(contexts.map(({ id }) => id)).toEqual(['a']);
    expect(problems).toMatchObject([{ line: 3, message: expect.stringContaining('clusters[0].cluster.server: must be a URL') }]);
  });

  it('that name what nobody defines say so', async () => {
    const { contexts, problems } = await loadKubeconfig(sources({ [config]: 'contexts: [{name: a, context: {cluster: gone, user: u}}]' }));
    expect(contexts).toEqual([]);
    expect(problems[0]?.message).toContain('the context a names the cluster gone, which no file defines');
  });

  it('named on the command line must be there', async () => {
    const { problems } = await loadKubeconfig({ ...sources({}), file: '/mine' });
    expect(problems).toMatchObject([{ file: '/mine', message: '/mine: there is no such file' }]);
  });

  it('are not expanded where they are made of aliases of aliases', async () => {
    const bomb = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`)}]`).join('\n')}`;
    const { problems } = await loadKubeconfig(sources({ [config]: bomb }));
    expect(problems[0]?.message).toContain("can't be expanded");
  });
});

describe('the current context', () => {
  it('is the one of KUBE_CONTEXT, and never another one in its place', async () => {
    const files = { '/1': file('a'), '/2': file('b') };
    const list = `/1${delimiter}/2`;
    expect((await loadKubeconfig(sources(files, { KUBECONFIG: list, KUBE_CONTEXT: 'b' }))).currentContext).toBe('b');
    const wrong = await loadKubeconfig(sources(files, { KUBECONFIG: list, KUBE_CONTEXT: 'c' }));
    expect(wrong).toMatchObject({ currentContext: null, problems: [{ hint: 'Choose one of: a, b.' }] });
  });

  it('is the service account of the pod where there is no kubeconfig', async () => {
    const folder = '/var/run/secrets/kubernetes.io/serviceaccount';
    const files = { [`${folder}/token`]: 'tok\n', [`${folder}/ca.crt`]: 'CA', [`${folder}/namespace`]: 'shop' };
    const environment = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
    const { contexts, currentContext } = await loadKubeconfig(sources(files, environment));
    expect(contexts).toMatchObject([{ id: 'in-cluster', namespace: 'shop', server: 'https://[fd00::1]:443' }]);
    expect(currentContext).toBe('in-cluster');
    const connection = await contexts[0]?.connection();
    expect(await connection?.certificateAuthority()).toBe('CA');
    expect(await connection?.credentials.current(signal)).toMatchObject({ authorization: 'Bearer tok' });
  });
});

describe('a connection', () => {
  it('reads certificates beside the file that names them, data before files', async () => {
    const user = `client-certificate: pki/a.crt, client-key: a.key, client-key-data: ${Buffer.from('KEY').toString('base64')}`;
    const connection = await connectionOf(file('a', { user, cluster: 'certificate-authority: pki/ca.crt, tls-server-name: api' }), {
      '/home/ann/.kube/pki/a.crt': 'CERT',
      '/home/ann/.kube/pki/ca.crt': 'CA',
    });
    expect(connection.tlsServerName).toBe('api');
    expect(await connection.certificateAuthority()).toBe('CA');
    expect(await connection.credentials.current(signal)).toMatchObject({ authorization: null, clientCertificate: 'CERT', clientKey: 'KEY' });
  });

  it('says which file is missing', async () => {
    await expect(connectionOf(file('a', { cluster: 'certificate-authority: gone.crt' }))).rejects.toMatchObject({
      code: 'KUBECONFIG_INVALID',
      message: expect.stringContaining('/home/ann/.kube/gone.crt'),
    });
  });

  it('sees files that were replaced: within ten seconds, at once when the cluster refuses, and never less than it had', async () => {
    const files: Record<string, string> = { '/token': 'first\n', '/a.crt': 'CERT', '/a.key': 'KEY', '/ca.crt': 'CA' };
    let time = 0;
    const user = 'tokenFile: /token, token: old, client-certificate: /a.crt, client-key: /a.key';
    const { credentials, certificateAuthority } = await connectionOf(file('a', { user, cluster: 'certificate-authority: /ca.crt' }), files, () => time);
    const first = await credentials.current(signal);
    expect(first).toMatchObject({ authorization: 'Bearer first', clientCertificate: 'CERT', clientKey: 'KEY' });
    expect(await credentials.renew(first, signal)).toBeNull();
    Object.assign(files, { '/token': 'second', '/ca.crt': 'CA2' });
    expect(await credentials.current(signal)).toBe(first);
    const second = await credentials.renew(first, signal);
    expect(second).toMatchObject({ authorization: 'Bearer second' });
    Object.assign(files, { '/a.crt': 'CERT2', '/a.key': 'KEY2' });
    delete files['/token'];
    time = 10_000;
    expect(await credentials.current(signal)).toMatchObject({ authorization: 'Bearer second', clientCertificate: 'CERT2', clientKey: 'KEY2' });
    expect(await certificateAuthority()).toBe('CA2');
  });

  it('sends basic credentials, and whom to act as', async () => {
    const { credentials, impersonation } = await connectionOf(file('a', { user: 'username: ann, password: pw, as: bob, as-groups: [dev, ops]' }));
    expect(await credentials.current(signal)).toMatchObject({ authorization: `Basic ${btoa('ann:pw')}` });
    expect(impersonation).toEqual({ 'impersonate-user': 'bob', 'impersonate-group': ['dev', 'ops'] });
  });

  it('needs no plug-in where the user entry says who it is without', async () => {
    const user = 'token: t, exec: {apiVersion: client.authentication.k8s.io/v1, command: aws}';
    expect(await (await connectionOf(file('a', { user }))).credentials.current(signal)).toMatchObject({ authorization: 'Bearer t' });
  });

  it.each(['tokenFile: /etc/passwd', 'client-certificate: a.crt, client-key-data: aw=='])('of an imported kubeconfig reads no files (%s)', async (user) => {
    const { contexts } = await loadKubeconfig({ ...sources({ [config]: file('a', { user }) }), trusted: false });
    await expect(contexts[0]?.connection()).rejects.toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('read the file') });
  });

  it('goes through the proxy of the cluster, else that of the environment, and refuses one that it does not speak', async () => {
    const environment = { HTTPS_PROXY: 'http://env:1' };
    const proxyOf = async (cluster: string) => {
      const { contexts } = await loadKubeconfig(sources({ [config]: file('a', { cluster }) }, environment));
      return (await contexts[0]?.connection())?.proxyUrl;
    };
    expect(await proxyOf('proxy-url: "http://own:2"')).toBe('http://own:2');
    expect(await proxyOf('')).toBe('http://env:1');
    await expect(proxyOf('proxy-url: "ftp://x:3"')).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  it('refuses an authority together with not verifying it, as kubectl does', async () => {
    const text = file('a', { cluster: `insecure-skip-tls-verify: true, certificate-authority-data: ${btoa('CA')}` });
    await expect(connectionOf(text)).rejects.toMatchObject({ code: 'KUBECONFIG_INVALID' });
  });

  it('shows no credentials when a context is printed', async () => {
    const { contexts } = await loadKubeconfig(sources({ [config]: file('a', { user: 'token: geheim' }) }));
    expect(JSON.stringify(contexts)).not.toContain('geheim');
  });
});

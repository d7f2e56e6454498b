import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { encoded, LoginSandbox, testKubeconfig, whoAmI } from '../testing/login-sandbox.ts';

describe.skipIf(testKubeconfig === '')('whether the server is the right one', () => {
  let sandbox: LoginSandbox;
  beforeAll(async () => {
    sandbox = await LoginSandbox.open('auth-trust');
    await sandbox.pod('trusted');
  });
  afterAll(() => sandbox.close());

  it.each<[string, () => object]>([
    ['its authority in the kubeconfig', () => ({})],
    ['its authority in a file', () => ({ 'certificate-authority-data': '', 'certificate-authority': 'ca.crt' })],
    ['a name that is in its certificate', () => ({ 'tls-server-name': 'kubernetes.default.svc' })],
    ['no check at all', () => ({ 'certificate-authority-data': '', 'insecure-skip-tls-verify': true })],
  ])('is known by %s, for requests and WebSockets', async (_how, cluster) => {
    await sandbox.write('ca.crt', sandbox.authority);
    const api = await sandbox.connect(sandbox.admin, cluster());
    expect(await whoAmI(api)).toMatchObject({ username: 'admin' });
    expect(await sandbox.echo(api, 'trusted', 'hello')).toBe('hello');
  });

  it.each<[string, () => object, string]>([
    ['another authority', () => ({ 'certificate-authority-data': encoded(selfSignedCertificate('other').certificate) }), 'is not signed by an authority'],
    ['a name that is not in its certificate', () => ({ 'tls-server-name': 'elsewhere.example' }), 'is for other names'],
    ['no authority', () => ({ 'certificate-authority-data': '' }), 'is not signed by an authority'],
  ])('is doubted with %s, and nothing is sent', async (_how, cluster, words) => {
    const api = await sandbox.connect(sandbox.admin, cluster());
    const doubt = { code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining(words) };
    await expect(whoAmI(api)).rejects.toMatchObject(doubt);
    await expect(sandbox.echo(api, 'trusted', 'hello')).rejects.toMatchObject(doubt);
  });
});

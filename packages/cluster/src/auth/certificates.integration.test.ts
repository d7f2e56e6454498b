import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { encoded, LoginSandbox, testKubeconfig, whoAmI } from '../testing/login-sandbox.ts';

describe.skipIf(testKubeconfig === '')('a client certificate', () => {
  let sandbox: LoginSandbox;
  beforeAll(async () => {
    sandbox = await LoginSandbox.open('auth-certificates');
  });
  afterAll(() => sandbox.close());

  it('that the cluster signed says name and group, also to a program in a container', async () => {
    const { certificate, key } = await sandbox.certificate('auth-ann', 'auth-team');
    const api = await sandbox.connect({ 'client-certificate-data': encoded(certificate), 'client-key-data': encoded(key) });
    expect(await whoAmI(api)).toMatchObject({ username: 'auth-ann', groups: expect.arrayContaining(['auth-team', 'system:authenticated']) });
    await sandbox.kubectl('create', 'rolebinding', 'ann', '--clusterrole=admin', '--user=auth-ann');
    await sandbox.pod('certificate');
    expect(await sandbox.echo(api, 'certificate', 'hello')).toBe('hello');
  });

  it('whose files are replaced while it is in use is taken up without a new connection being opened by hand', async () => {
    const [one, other] = [await sandbox.certificate('auth-one', 'auth-team'), await sandbox.certificate('auth-other', 'auth-team')];
    await sandbox.write('tls.crt', one.certificate);
    await sandbox.write('tls.key', one.key);
    let now = Date.now();
    const api = await sandbox.connect({ 'client-certificate': 'tls.crt', 'client-key': 'tls.key' }, {}, { now: () => now });
    expect(await whoAmI(api)).toMatchObject({ username: 'auth-one' });
    await sandbox.write('tls.crt', other.certificate);
    await sandbox.write('tls.key', other.key);
    now += 11_000;
    expect(await whoAmI(api)).toMatchObject({ username: 'auth-other' });
  });

  it('whose files do not belong together at the moment is asked for again', async () => {
    const other = await sandbox.certificate('auth-half', 'auth-team');
    let now = Date.now();
    await sandbox.write('half.crt', other.certificate);
    await sandbox.write('half.key', (await sandbox.certificate('auth-rest', 'auth-team')).key);
    const api = await sandbox.connect({ 'client-certificate': 'half.crt', 'client-key': 'half.key' }, {}, { now: () => now });
    await expect(whoAmI(api)).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining('certificate or key') });
    await sandbox.write('half.key', other.key);
    now += 11_000;
    expect(await whoAmI(api)).toMatchObject({ username: 'auth-half' });
  });

  it('of nobody that the cluster knows is refused with the way out', async () => {
    const { certificate, key } = selfSignedCertificate('stranger');
    const api = await sandbox.connect({ 'client-certificate-data': encoded(certificate), 'client-key-data': encoded(key) });
    await expect(whoAmI(api)).rejects.toMatchObject({ code: expect.stringMatching(/CLUSTER_AUTH_FAILED|FORBIDDEN/), hint: expect.any(String) });
  });
});

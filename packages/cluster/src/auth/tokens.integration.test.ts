import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoginSandbox, testKubeconfig, whoAmI } from '../testing/login-sandbox.ts';

describe.skipIf(testKubeconfig === '')('a token', () => {
  let sandbox: LoginSandbox;
  beforeAll(async () => {
    sandbox = await LoginSandbox.open('auth-tokens');
  });
  afterAll(() => sandbox.close());

  const account = (name: string) => `system:serviceaccount:${sandbox.namespace}:${name}`;

  it('of a service account is its name, also to a program in a container', async () => {
    const api = await sandbox.connect({ token: await sandbox.serviceAccountToken('inline') });
    expect(await whoAmI(api)).toMatchObject({ username: account('inline'), groups: expect.arrayContaining(['system:serviceaccounts']) });
    await sandbox.pod('token');
    expect(await sandbox.echo(api, 'token', 'hello')).toBe('hello');
  });

  it('in a file is followed when the file is replaced, and looked at again at once when it is refused', async () => {
    await sandbox.write('token', `${await sandbox.serviceAccountToken('first')}\n`);
    let now = Date.now();
    const api = await sandbox.connect({ tokenFile: 'token' }, {}, { now: () => now });
    expect(await whoAmI(api)).toMatchObject({ username: account('first') });
    await sandbox.write('token', await sandbox.serviceAccountToken('second'));
    now += 11_000;
    expect(await whoAmI(api)).toMatchObject({ username: account('second') });
    await sandbox.kubectl('delete', 'serviceaccount', 'second');
    await sandbox.write('token', await sandbox.serviceAccountToken('third'));
    await expect.poll(() => whoAmI(api), { timeout: 30_000, interval: 500 }).toMatchObject({ username: account('third') });
  });

  it('that joins nodes is that of a bootstrapper', async () => {
    const [id, secret] = [randomBytes(3).toString('hex'), randomBytes(8).toString('hex')];
    const literals = {
      'token-id': id,
      'token-secret': secret,
      'usage-bootstrap-authentication': 'true',
      'auth-extra-groups': 'system:bootstrappers:quarterdeck',
    };
    const flags = Object.entries(literals).map(([key, value]) => `--from-literal=${key}=${value}`);
    const where = ['-n', 'kube-system', 'secret', `bootstrap-token-${id}`];
    await sandbox.kubectl('create', 'secret', 'generic', `bootstrap-token-${id}`, '-n', 'kube-system', '--type=bootstrap.kubernetes.io/token', ...flags);
    try {
      const api = await sandbox.connect({ token: `${id}.${secret}` });
      const groups = expect.arrayContaining(['system:bootstrappers', 'system:bootstrappers:quarterdeck']);
      await expect.poll(() => whoAmI(api), { timeout: 10_000 }).toMatchObject({ username: `system:bootstrap:${id}`, groups });
    } finally {
      await sandbox.kubectl('delete', ...where);
    }
  });

  it('that the cluster does not know is an error that says so', async () => {
    const api = await sandbox.connect({ token: 'nobody' });
    await expect(whoAmI(api)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED', hint: expect.any(String) });
  });
});

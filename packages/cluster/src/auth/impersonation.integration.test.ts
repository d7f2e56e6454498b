import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoginSandbox, testKubeconfig, whoAmI } from '../testing/login-sandbox.ts';

describe.skipIf(testKubeconfig === '')('acting as somebody else', () => {
  let sandbox: LoginSandbox;
  beforeAll(async () => {
    sandbox = await LoginSandbox.open('auth-impersonation');
  });
  afterAll(() => sandbox.close());

  it('is told to the server whole: name, groups, uid and extra', async () => {
    const somebody = {
      as: 'bob',
      'as-uid': '4711',
      'as-groups': ['a', 'b'],
      'as-user-extra': { 'Example.org/Scopes': ['read', 'list'], reason: ['on call, 50 % sure'] },
    };
    const api = await sandbox.connect({ ...sandbox.admin, ...somebody });
    expect(await whoAmI(api)).toEqual({
      username: 'bob',
      uid: '4711',
      groups: ['a', 'b', 'system:authenticated'],
      extra: { 'example.org/scopes': ['read', 'list'], reason: ['on call, 50 % sure'] },
    });
  });

  it('has the rights of the other, also over a WebSocket', async () => {
    await sandbox.pod('other');
    const api = await sandbox.connect({ ...sandbox.admin, as: 'carol' });
    await expect(sandbox.echo(api, 'other', 'x')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await sandbox.kubectl('create', 'rolebinding', 'carol', '--clusterrole=admin', '--user=carol');
    expect(await sandbox.echo(api, 'other', 'x')).toBe('x');
  });

  it('needs the right to do so', async () => {
    const api = await sandbox.connect({ token: await sandbox.serviceAccountToken('humble'), as: 'bob' });
    await expect(whoAmI(api)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTeamOptions, type TeamPlace } from './team-options.ts';

const file = join(mkdtempSync(join(tmpdir(), 'team-')), 'password');
writeFileSync(file, 'lanterns over the harbour\n');
const admin = { QUARTERDECK_ADMIN_EMAIL: 'ada@example.org', QUARTERDECK_ADMIN_PASSWORD_FILE: file };
const oidc = { QUARTERDECK_OIDC_ISSUER: 'https://sso.example', QUARTERDECK_OIDC_CLIENT_ID: 'q', QUARTERDECK_OIDC_ROLES: 'cn=sre,ou=x=operator' };

const recorded = { id: 'demo', recordedAt: '2026-01-01T00:00:00Z' };
const sandbox = {
  id: 'quarterdeck-dev',
  recordedAt: null,
  context: { file: '/home/ada/.local/state/quarterdeck/sandbox/dev/kubeconfig', origin: 'kubeconfig', user: 'a', fingerprint: '' },
} as const;
const real = { id: 'production', recordedAt: null, context: { file: '/home/ada/.kube/config', origin: 'kubeconfig', user: 'a', fingerprint: '' } } as const;

const read = (environment: Record<string, string>, sources: TeamPlace['sources'] = [real], place: Partial<TeamPlace> = {}) =>
  readTeamOptions(environment, { host: '127.0.0.1', publicUrl: null, sources, ...place });

describe('options of a team', () => {
  it('are the first account, and the issuer with the roles of its groups', async () => {
    expect(await read({})).toEqual({ admin: null, oidc: null, demo: false });
    expect(await read(admin)).toMatchObject({ admin: { email: 'ada@example.org', password: 'lanterns over the harbour' } });
    const { oidc: issuer } = await read({ ...oidc, QUARTERDECK_OIDC_ROLES: ' /sre=operator , a=b=viewer,*=viewer ' });
    expect(issuer).toMatchObject({ name: 'sso.example', clientSecret: null, groupsClaim: 'groups' });
    expect(issuer?.roles).toEqual([
      { group: '/sre', role: 'operator' },
      { group: 'a=b', role: 'viewer' },
      { group: '*', role: 'viewer' },
    ]);
  });

  it('make it one to be tried where nothing is set and nothing is real, on this machine alone', async () => {
    expect(await read({}, [recorded, sandbox])).toMatchObject({ demo: true });
    for (const refused of [
      read(admin, [recorded]),
      read(oidc, [recorded]),
      read({}, [recorded, real]),
      read({}, [recorded], { host: '0.0.0.0' }),
      read({}, [recorded], { host: '::1', publicUrl: 'https://workbench.example' }),
      read({}, [{ ...sandbox, id: 'dev' }]),
    ]) {
      expect(await refused).toMatchObject({ demo: false });
    }
  });

  it.each([
    { QUARTERDECK_ADMIN_EMAIL: 'ada@example.org' },
    { QUARTERDECK_ADMIN_PASSWORD: 'lanterns over the harbour' },
    { QUARTERDECK_ADMIN_EMAIL: 'ada@example.org', QUARTERDECK_ADMIN_PASSWORD: 'admin123!' },
    { ...admin, QUARTERDECK_ADMIN_PASSWORD_FILE: '/nowhere' },
    { ...oidc, QUARTERDECK_OIDC_ISSUER: 'http://sso.example' },
    { ...oidc, QUARTERDECK_OIDC_CLIENT_ID: '' },
    { ...oidc, QUARTERDECK_OIDC_ROLES: '' },
    { ...oidc, QUARTERDECK_OIDC_ROLES: 'sre' },
  ])('%o are refused, without a word of the password', async (environment) => {
    const refusal = { code: 'VALIDATION_ERROR', hint: expect.any(String), message: expect.not.stringMatching(/admin123|lanterns/) };
    await expect(read(environment)).rejects.toMatchObject(refusal);
  });
});

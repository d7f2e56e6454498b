import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTeamOptions } from './team-options.ts';

const file = join(mkdtempSync(join(tmpdir(), 'team-')), 'password');
writeFileSync(file, 'lanterns over the harbour\n');
const admin = { QUARTERDECK_ADMIN_EMAIL: 'ada@example.org', QUARTERDECK_ADMIN_PASSWORD_FILE: file };
const oidc = { QUARTERDECK_OIDC_ISSUER: 'https://sso.example', QUARTERDECK_OIDC_CLIENT_ID: 'q', QUARTERDECK_OIDC_ROLES: 'cn=sre,ou=x=operator' };

describe('options of a team', () => {
  it('are the first account, and the issuer with the roles of its groups', async () => {
    expect(await readTeamOptions({})).toEqual({ admin: null, oidc: null });
    expect(await readTeamOptions(admin)).toMatchObject({ admin: { email: 'ada@example.org', password: 'lanterns over the harbour' } });
    const { oidc: read } = await readTeamOptions({ ...oidc, QUARTERDECK_OIDC_ROLES: ' /sre=operator , a=b=viewer,*=viewer ' });
    expect(read).toMatchObject({ name: 'sso.example', clientSecret: null, groupsClaim: 'groups' });
    expect(read?.roles).toEqual([
      { group: '/sre', role: 'operator' },
      { group: 'a=b', role: 'viewer' },
      { group: '*', role: 'viewer' },
    ]);
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
    await expect(readTeamOptions(environment)).rejects.toMatchObject(refusal);
  });
});

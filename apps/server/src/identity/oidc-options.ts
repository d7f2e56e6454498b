import { AppError } from '@quarterdeck/contract';

/** An issuer of OpenID Connect through which people log in. */
export interface OidcOptions {
  /** As people know it: `Example SSO`. */
  name: string;
  issuer: URL;
  clientId: string;
  /** Null for a public client. */
  clientSecret: string | null;
  scopes: string;
  /** The claim that lists the groups of a person. */
  groupsClaim: string;
  /** Which group gives which role, by its id. The first that fits counts; the group `*` is everybody's. */
  roles: readonly { group: string; role: string }[];
  /** PEM; null trusts what the system trusts. */
  certificateAuthority: string | null;
}

export type ReadVariable = (name: string) => Promise<string | null>;

/** QUARTERDECK_OIDC_*; null where no issuer is named. Throws VALIDATION_ERROR. `read` also looks at what `NAME_FILE` names. */
export async function readOidcOptions(read: ReadVariable): Promise<OidcOptions | null> {
  const issuer = await read('QUARTERDECK_OIDC_ISSUER');
  if (issuer === null) return null;
  const clientId = await read('QUARTERDECK_OIDC_CLIENT_ID');
  if (clientId === null) throw invalid('QUARTERDECK_OIDC_CLIENT_ID is not set', 'Set it to what the issuer calls this workbench.');
  const url = issuerUrl(issuer);
  return {
    name: (await read('QUARTERDECK_OIDC_NAME')) ?? url.host,
    issuer: url,
    clientId,
    clientSecret: await read('QUARTERDECK_OIDC_CLIENT_SECRET'),
    scopes: (await read('QUARTERDECK_OIDC_SCOPES')) ?? 'openid email profile',
    groupsClaim: (await read('QUARTERDECK_OIDC_GROUPS_CLAIM')) ?? 'groups',
    roles: rolesOf((await read('QUARTERDECK_OIDC_ROLES')) ?? ''),
    certificateAuthority: await read('QUARTERDECK_OIDC_CA'),
  };
}

/** What is said over plain HTTP can be changed on the way: only on this machine it can't. */
function issuerUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const loopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) return url;
  throw invalid(`QUARTERDECK_OIDC_ISSUER is "${text}", which is no https address`, 'Take the issuer as its discovery document says it.');
}

/** `GROUP=ROLE`, separated by commas; a group's name may have an `=` in it, a role's not. */
function rolesOf(text: string): { group: string; role: string }[] {
  const entries = text.split(',').map((entry) => entry.trim());
  const roles = entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      const split = entry.lastIndexOf('=');
      return { group: entry.slice(0, Math.max(0, split)).trim(), role: entry.slice(split + 1).trim() };
    });
  if (roles.length > 0 && roles.every(({ group, role }) => group !== '' && role !== '')) return roles;
  throw invalid('QUARTERDECK_OIDC_ROLES does not say which group has which role', 'Write it as GROUP=ROLE,GROUP=ROLE, as in sre=operator,*=viewer.');
}

function invalid(what: string, hint: string): AppError {
  return new AppError('VALIDATION_ERROR', `${what}.`, { hint });
}

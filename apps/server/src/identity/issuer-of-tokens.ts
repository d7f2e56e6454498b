import { findFederatedUser, readMembers } from '@quarterdeck/storage';
import type { Actor } from '../gate/decide.ts';
import { actorOf } from './effective-access.ts';
import { defaultOrganisation } from './log-in.ts';
import type { TeamDoor } from './open-team.ts';

/** How long the issuer is waited for. Milliseconds. */
const patience = 10_000;

/**
 * Access tokens of the issuer through which people log in, for one address. Whoever shows one is known here once they
 * have logged in; they may at most what its scopes name. Null where there is no issuer.
 */
export function issuerOfTokens({ oidc, team: { db } }: TeamDoor) {
  if (oidc === null) return null;
  return {
    url: oidc.url,
    async actorOf(token: string, audience: string): Promise<Actor | null> {
      if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return null;
      const access = await oidc.accessOf(token, audience, AbortSignal.timeout(patience));
      const user = access === null ? null : await findFederatedUser(db, access.issuer, access.subject);
      if (access === null || user === null || user.disabled) return null;
      const [member] = await readMembers(db, { user: user.id, organisation: defaultOrganisation.id });
      return member === undefined ? null : actorOf(member, null, access.scopes);
    },
  };
}

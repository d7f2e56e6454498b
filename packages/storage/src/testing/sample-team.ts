import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { foundTeam } from '../identity/found-organisation.ts';
import { putAccessPolicy, putMembership } from '../identity/organisations.ts';
import { createPersonalToken } from '../identity/personal-tokens.ts';
import { createRole } from '../identity/roles.ts';
import { createSession, type StoredSession } from '../identity/sessions.ts';
import { createSigningKey } from '../identity/signing-keys.ts';
import { createUser, linkFederatedUser, type StoredUser } from '../identity/users.ts';

export const shop = { id: 'shop', name: 'Shop' };

export function sampleUser(id: string): StoredUser {
  return { id, email: `${id}@shop.example`, name: id, password: null, disabled: false, createdAt: 1, lastLoginAt: null };
}

export function sampleSession(id: string, user: string): StoredSession {
  return { id, secret: `secret-${id}`, user, organisation: shop.id, createdAt: 1, seenAt: 1, expiresAt: 1_000, address: '127.0.0.1', userAgent: null };
}

/** Ada owns an organisation; Bob is in it with a role, a policy and a token of his own. */
export async function sampleTeam(db: Kysely<Tables>): Promise<void> {
  await foundTeam(db, shop, sampleUser('ada'));
  await createUser(db, sampleUser('bob'));
  await createRole(db, { id: 'baker', organisation: shop.id, name: 'Baker', description: '', grants: ['pod.*'] });
  await putMembership(db, { user: 'bob', organisation: shop.id, role: 'baker' });
  await putAccessPolicy(db, shop.id, { kind: 'user', id: 'bob' }, { namespaces: ['bakery'], kinds: ['Pod'] });
  await putAccessPolicy(db, shop.id, { kind: 'role', id: 'baker' }, { namespaces: ['*'], kinds: ['Pod', 'Service'] });
  await linkFederatedUser(db, { issuer: 'https://issuer.example', subject: 'b', user: 'bob' });
  await createSession(db, sampleSession('s1', 'bob'));
  await createSigningKey(db, { kid: 'k1', publicKey: { kty: 'OKP' }, createdAt: 1 });
  await createPersonalToken(db, {
    id: 't1',
    secret: 'secret-t1',
    user: 'bob',
    organisation: shop.id,
    name: 'ci',
    hint: 'qdp_ab',
    scopes: ['pod.exec'],
    createdAt: 1,
    expiresAt: 1_000,
    lastUsedAt: null,
  });
}

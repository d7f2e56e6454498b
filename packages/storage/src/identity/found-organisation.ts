import { AppError, type Organisation } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { createOrganisation, putMembership } from './organisations.ts';
import { createUser, hasUsers, type StoredUser } from './users.ts';

/** Makes an organisation and who owns it, or neither. Throws CONFLICT where there is one of that name. */
export async function foundOrganisation(db: Kysely<Tables>, organisation: Organisation, owner: string, now: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await createOrganisation(transaction, organisation, now);
    await putMembership(transaction, { user: owner, organisation: organisation.id, role: 'owner' });
  });
}

/** The first account, with an organisation that it owns. Throws CONFLICT where anybody has one: of many who try at once, one succeeds. */
export async function foundTeam(db: Kysely<Tables>, organisation: Organisation, owner: StoredUser): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    if (await hasUsers(transaction)) throw new AppError('CONFLICT', 'There are accounts already.', { hint: 'Log in, or ask an administrator for an account.' });
    await createOrganisation(transaction, organisation, owner.createdAt);
    await createUser(transaction, owner);
    await putMembership(transaction, { user: owner.id, organisation: organisation.id, role: 'owner' });
  });
}

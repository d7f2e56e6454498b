import { AppError } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import * as z from 'zod';
import type { Tables } from '../database/tables.ts';

export interface StoredRole {
  id: string;
  /** Null for a built-in one, which every organisation has. */
  organisation: string | null;
  name: string;
  description: string;
  /** See `grantedPermissions`. */
  grants: string[];
}

const grantsSchema = z.array(z.string());

/** The built-in ones and those of the organisation, by name. */
export async function readRoles(db: Kysely<Tables>, organisation: string): Promise<StoredRole[]> {
  const rows = await db
    .selectFrom('roles')
    .selectAll()
    .where((role) => role.or([role('organisation', '=', organisation), role('organisation', 'is', null)]))
    .orderBy('built_in', 'desc')
    .orderBy('name')
    .execute();
  return rows.map(roleOf);
}

/** Throws CONFLICT where the organisation has one of that name. */
export async function createRole(db: Kysely<Tables>, { grants, ...role }: StoredRole & { organisation: string }): Promise<void> {
  await db
    .insertInto('roles')
    .values({ ...role, grants: JSON.stringify(grants), built_in: 0 })
    .execute();
}

/** Built-in ones stay as they are. */
export async function replaceRole(db: Kysely<Tables>, { id, organisation, name, description, grants }: StoredRole & { organisation: string }): Promise<void> {
  await db
    .updateTable('roles')
    .set({ name, description, grants: JSON.stringify(grants) })
    .where('id', '=', id)
    .where('organisation', '=', organisation)
    .execute();
}

/** Throws CONFLICT where somebody has it. */
export async function deleteRole(db: Kysely<Tables>, organisation: string, id: string): Promise<void> {
  const held = await db.selectFrom('memberships').select('user_id').where('role', '=', id).limit(1).executeTakeFirst();
  if (held !== undefined) throw new AppError('CONFLICT', 'Somebody has this role.', { hint: 'Give them another one first.' });
  await db.deleteFrom('access_policies').where('organisation', '=', organisation).where('subject_kind', '=', 'role').where('subject', '=', id).execute();
  await db.deleteFrom('roles').where('id', '=', id).where('organisation', '=', organisation).execute();
}

function roleOf({ id, organisation, name, description, grants }: Tables['roles']): StoredRole {
  return { id, organisation, name, description, grants: grantsOf(grants) };
}

export function grantsOf(text: string): string[] {
  return grantsSchema.parse(JSON.parse(text));
}

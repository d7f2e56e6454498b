import { forwardRequestSchema } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import * as z from 'zod';
import type { Tables } from '../database/tables.ts';

const declarationSchema = z.object({ id: z.string(), cluster: z.string(), ...forwardRequestSchema.shape, autostart: z.boolean() });

/** A port-forward as it was asked for. */
export type ForwardDeclaration = z.infer<typeof declarationSchema>;

/** In the order in which they were asked for. One that a newer version wrote, and that is not understood, is left where it is. */
export async function readForwards(db: Kysely<Tables>): Promise<ForwardDeclaration[]> {
  const rows = await db.selectFrom('forwards').selectAll().orderBy('place').orderBy('id').execute();
  return rows.flatMap(({ declaration }) => declarationSchema.safeParse(JSON.parse(declaration)).data ?? []);
}

export async function writeForward(db: Kysely<Tables>, declaration: ForwardDeclaration, place: number): Promise<void> {
  const text = JSON.stringify(declaration);
  await db
    .insertInto('forwards')
    .values({ id: declaration.id, place, declaration: text })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ declaration: text }))
    .execute();
}

export async function forgetForward(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('forwards').where('id', '=', id).execute();
}

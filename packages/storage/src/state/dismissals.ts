import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** An issue that a person put aside. `at` is ISO 8601. */
export interface Dismissal {
  cluster: string;
  issueId: string;
  reason: string;
  at: string;
  by: string;
}

export async function readDismissals(db: Kysely<Tables>): Promise<Dismissal[]> {
  const rows = await db.selectFrom('dismissals').selectAll().orderBy('at').execute();
  return rows.map(({ cluster, issue, reason, at, actor }) => ({ cluster, issueId: issue, reason, at, by: actor }));
}

/** One that is there already is replaced. */
export async function putDismissal(db: Kysely<Tables>, { cluster, issueId, reason, at, by }: Dismissal): Promise<void> {
  await db
    .insertInto('dismissals')
    .values({ cluster, issue: issueId, reason, at, actor: by })
    .onConflict((conflict) => conflict.columns(['cluster', 'issue']).doUpdateSet({ reason, at, actor: by }))
    .execute();
}

export async function deleteDismissals(db: Kysely<Tables>, cluster: string, issueIds: readonly string[]): Promise<void> {
  if (issueIds.length === 0) return;
  await db
    .deleteFrom('dismissals')
    .where('cluster', '=', cluster)
    .where('issue', 'in', [...issueIds])
    .execute();
}

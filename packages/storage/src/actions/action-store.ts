import type { ActionFilter, ActionStore, KeptSteps } from '@quarterdeck/cluster';
import { type Action, type ActionPage, actionSchema, actUndoSchema, changeSchema, conditionSchema } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import * as z from 'zod';
import type { Tables } from '../database/tables.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

const keptSchema = z.object({
  prepared: z.array(
    z.object({
      stepId: z.string(),
      change: changeSchema,
      mark: z.string().nullable(),
      until: z.array(conditionSchema),
      timeoutSeconds: z.number(),
      digest: z.string(),
      inverse: actUndoSchema,
      untried: z.boolean(),
    }),
  ),
  undos: z.record(z.string(), actUndoSchema),
});

/** How long actions are kept. Milliseconds: those that nobody approved, and those that were carried out. */
const day = 86_400_000;
const keptFor = { proposed: day, approved: 90 * day };
const underWay = ['approved', 'running', 'validating'];

/** Actions as people see them in a table, and what carrying them out needs among the sealed values (`secrets` opens them when they are needed). */
export class StoredActions implements ActionStore {
  private readonly db: Kysely<Tables>;
  private readonly secrets: () => Promise<SecretStore>;
  private readonly now: () => number;

  constructor(db: Kysely<Tables>, secrets: () => Promise<SecretStore>, now: () => number) {
    this.db = db;
    this.secrets = secrets;
    this.now = now;
  }

  async put(action: Action, heldUntil: number | null): Promise<void> {
    const { id, cluster, issue, state } = action;
    const row = { cluster, issue, state, at: Date.parse(action.createdAt), held_until: heldUntil, document: JSON.stringify(action) };
    await this.db
      .insertInto('actions')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async get(id: string): Promise<Action | null> {
    const row = await this.db.selectFrom('actions').select('document').where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : read(row.document);
  }

  async list({ cluster, issue, state }: ActionFilter, { limit, before }: { limit: number; before?: string | undefined }): Promise<ActionPage> {
    let query = this.db
      .selectFrom('actions')
      .select(['id', 'document'])
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (cluster !== undefined) query = query.where('cluster', '=', cluster);
    if (issue !== undefined) query = query.where('issue', '=', issue);
    if (state !== undefined) query = query.where('state', '=', state);
    if (before !== undefined) query = query.where('id', '<', before);
    const rows = await query.execute();
    const shown = rows.slice(0, limit);
    return { actions: shown.map(({ document }) => read(document)), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
  }

  async keep(id: string, steps: KeptSteps): Promise<void> {
    await (await this.secrets()).put(placeOf(id), JSON.stringify(steps), this.now());
  }

  async kept(id: string): Promise<KeptSteps | null> {
    const text = await (await this.secrets()).get(placeOf(id));
    return text === null ? null : keptSchema.parse(JSON.parse(text));
  }

  async approve(id: string, { hash, by, at }: { hash: string; by: string; at: number }): Promise<boolean> {
    const inserted = await this.db
      .insertInto('action_approvals')
      .values({ action: id, hash, actor: by, at })
      .onConflict((conflict) => conflict.column('action').doNothing())
      .returning('action')
      .executeTakeFirst();
    return inserted !== undefined;
  }

  async abandoned(now: number): Promise<Action[]> {
    const rows = await this.db.selectFrom('actions').select('document').where('state', 'in', underWay).where('held_until', '<', now).execute();
    return rows.map(({ document }) => read(document));
  }

  /** Takes away what is old. Gives how many. */
  async prune(): Promise<number> {
    const now = this.now();
    const approvals = this.db.selectFrom('action_approvals').select('action');
    const rows = await this.db
      .selectFrom('actions')
      .select('id')
      .where((where) =>
        where.or([where('at', '<', now - keptFor.approved), where.and([where('at', '<', now - keptFor.proposed), where('id', 'not in', approvals)])]),
      )
      .limit(1000)
      .execute();
    const secrets = rows.length === 0 ? null : await this.secrets();
    for (const { id } of rows) {
      await secrets?.delete(placeOf(id));
      await this.db.deleteFrom('action_approvals').where('action', '=', id).execute();
      await this.db.deleteFrom('actions').where('id', '=', id).execute();
    }
    return rows.length;
  }
}

function placeOf(id: string): string {
  return `action/${id}`;
}

function read(document: string): Action {
  return actionSchema.parse(JSON.parse(document));
}

import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { migrations } from '../migrations/index.ts';
import { fileFormat, type StorageLine } from './storage-file.ts';

const pageSize = 500;

/** Everything in a storage as lines of JSON, each with its line break. Credentials stay sealed. It may be in use meanwhile. */
export async function* exportStorage(db: Kysely<Tables>, now: number): AsyncGenerator<string> {
  yield textOf({ format: fileFormat, version: 1, migration: migrations.at(-1)?.name ?? '', at: new Date(now).toISOString() });
  let rows = 0;
  for await (const line of allRows(db)) {
    rows += 1;
    yield textOf(line);
  }
  yield textOf({ end: true, rows });
}

async function* allRows(db: Kysely<Tables>): AsyncGenerator<StorageLine> {
  const head = await db.selectFrom('ledger_head').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
  yield { table: 'ledger_head', row: { ...head, id: 1 } };
  // What is appended meanwhile is not what the head says, and is left out.
  for (let after = head.floor; ; ) {
    const page = await db.selectFrom('ledger').selectAll().where('seq', '>', after).where('seq', '<=', head.seq).orderBy('seq').limit(pageSize).execute();
    for (const row of page) yield { table: 'ledger', row };
    if (page.length < pageSize) break;
    after = page.at(-1)?.seq ?? head.seq;
  }
  for (const row of await db.selectFrom('dismissals').selectAll().orderBy('cluster').orderBy('issue').execute()) yield { table: 'dismissals', row };
  for (const row of await db.selectFrom('forwards').selectAll().orderBy('place').orderBy('id').execute()) yield { table: 'forwards', row };
  for (const row of await db.selectFrom('secrets').selectAll().orderBy('name').execute()) yield { table: 'secrets', row };
  yield* identityRows(db);
  yield* assistantRows(db);
}

/** What was asked; what is being written at the moment is told as it stands. */
async function* assistantRows(db: Kysely<Tables>): AsyncGenerator<StorageLine> {
  for await (const row of paged((after) => db.selectFrom('ai_conversations').selectAll().where('id', '>', after).orderBy('id').limit(pageSize).execute()))
    yield { table: 'ai_conversations', row };
  for await (const row of paged((after) => db.selectFrom('ai_messages').selectAll().where('id', '>', after).orderBy('id').limit(pageSize).execute()))
    yield { table: 'ai_messages', row };
  for (const row of await db.selectFrom('ai_search').selectAll().orderBy('entry').execute()) yield { table: 'ai_search', row };
  for await (const row of paged((after) => db.selectFrom('ai_runs').selectAll().where('id', '>', after).orderBy('id').limit(pageSize).execute()))
    yield { table: 'ai_runs', row };
  for (const row of await db.selectFrom('ai_feedback').selectAll().orderBy('message').execute()) yield { table: 'ai_feedback', row };
  for (const row of await db.selectFrom('ai_settings').selectAll().orderBy('organisation').orderBy('user_id').orderBy('name').execute())
    yield { table: 'ai_settings', row };
}

/** All rows of a table by their ids, a page at a time. */
async function* paged<Row extends { id: string }>(page: (after: string) => Promise<Row[]>): AsyncGenerator<Row> {
  for (let after = ''; ; ) {
    const rows = await page(after);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = last.id;
  }
}

/** Who may do what; where they are logged in belongs to the moment. */
async function* identityRows(db: Kysely<Tables>): AsyncGenerator<StorageLine> {
  for (const row of await db.selectFrom('organisations').selectAll().orderBy('id').execute()) yield { table: 'organisations', row };
  for (const row of await db.selectFrom('users').selectAll().orderBy('id').execute()) yield { table: 'users', row };
  for (const row of await db.selectFrom('federated_accounts').selectAll().orderBy('issuer').orderBy('subject').execute())
    yield { table: 'federated_accounts', row };
  for (const row of await db.selectFrom('roles').selectAll().where('built_in', '=', 0).orderBy('id').execute()) {
    yield { table: 'roles', row: { ...row, organisation: row.organisation ?? '', built_in: 0 } };
  }
  for (const row of await db.selectFrom('memberships').selectAll().orderBy('user_id').orderBy('organisation').execute()) yield { table: 'memberships', row };
  for (const row of await db.selectFrom('access_policies').selectAll().orderBy('organisation').orderBy('subject_kind').orderBy('subject').execute())
    yield { table: 'access_policies', row };
  for (const row of await db.selectFrom('personal_tokens').selectAll().orderBy('id').execute()) yield { table: 'personal_tokens', row };
  for (const row of await db.selectFrom('signing_keys').selectAll().orderBy('kid').execute()) yield { table: 'signing_keys', row };
}

function textOf(line: StorageLine): string {
  return `${JSON.stringify(line)}\n`;
}

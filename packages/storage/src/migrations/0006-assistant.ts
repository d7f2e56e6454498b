import { type Kysely, SqliteAdapter, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';

export async function up(db: Kysely<Tables>): Promise<void> {
  await createConversations(db);
  await createRuns(db);
  await createSearch(db);
}

async function createConversations(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('ai_conversations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('cluster', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('head', 'text')
    .addColumn('aliases', 'text')
    .execute();
  await db.schema.createIndex('ai_conversations_by_owner').on('ai_conversations').columns(['user_id', 'organisation', 'updated_at']).execute();
  await db.schema
    .createTable('ai_messages')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('writer', 'text')
    .addColumn('content', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('ai_messages_by_conversation').on('ai_messages').columns(['conversation', 'created_at']).execute();
  await db.schema.createIndex('ai_messages_by_state').on('ai_messages').column('state').execute();
  await db.schema
    .createTable('ai_frames')
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('place', 'bigint', (column) => column.notNull())
    .addColumn('frame', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ai_frames_key', ['message', 'place'])
    .execute();
}

async function createRuns(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('ai_runs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull())
    .addColumn('message', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('summary', 'text', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('ai_runs_by_time').on('ai_runs').columns(['organisation', 'at']).execute();
  await db.schema.createIndex('ai_runs_by_message').on('ai_runs').column('message').execute();
  await db.schema
    .createTable('ai_feedback')
    .addColumn('message', 'text', (column) => column.primaryKey())
    .addColumn('rating', 'text', (column) => column.notNull())
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('ai_settings')
    .addColumn('organisation', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ai_settings_key', ['organisation', 'user_id', 'name'])
    .execute();
}

/** The one index that each engine has in a way of its own: words that were cut by us, found by how they begin. */
async function createSearch(db: Kysely<Tables>): Promise<void> {
  if (db.getExecutor().adapter instanceof SqliteAdapter) {
    await sql`create virtual table ai_search using fts5(entry unindexed, conversation unindexed, words, tokenize = 'ascii', prefix = '2 3')`.execute(db);
    return;
  }
  await db.schema
    .createTable('ai_search')
    .addColumn('entry', 'text', (column) => column.primaryKey())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .execute();
  await sql`create index ai_search_words on ai_search using gin (to_tsvector('simple', words))`.execute(db);
}

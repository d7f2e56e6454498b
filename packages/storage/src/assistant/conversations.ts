import { type Conversation, type ConversationPage, type ConversationQuery, chatMessageSchema, type Owner } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { ConversationRow } from './assistant-rows.ts';
import { hasWords, indexText, wordsOf } from './search-words.ts';

export const ownerColumns = ({ user, organisation }: Owner) => ({ user_id: user, organisation: organisation ?? '' });

export async function readConversations(
  db: Kysely<Tables>,
  owner: Owner,
  { search, cluster, sharedWith, limit, before }: ConversationQuery,
): Promise<ConversationPage> {
  const words = wordsOf(search);
  const { user_id, organisation } = ownerColumns(owner);
  let query = db.selectFrom('ai_conversations').selectAll().where('organisation', '=', organisation);
  query = sharedWith === undefined ? query.where('user_id', '=', user_id) : query.where('user_id', '!=', user_id).where('shared_sight', '=', sharedWith);
  if (cluster !== undefined) query = query.where('cluster', '=', cluster);
  if (words.length > 0) query = query.where('id', 'in', db.selectFrom('ai_search').select('conversation').where(hasWords(db, words)));
  const place = before === undefined ? null : placeOf(before);
  if (place !== null) {
    query = query.where(({ or, and, eb }) => or([eb('updated_at', '<', place.at), and([eb('updated_at', '=', place.at), eb('id', '<', place.id)])]));
  }
  const rows = await query
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const excerpts = words.length === 0 ? new Map<string, string>() : await excerptsOf(db, shown, words);
  return {
    conversations: shown.map((row) => ({ ...conversationOf(row, owner), excerpt: excerpts.get(row.id) ?? null })),
    next: rows.length > limit && last !== undefined ? `${last.updated_at}_${last.id}` : null,
  };
}

function placeOf(text: string): { at: number; id: string } | null {
  const [at = '', id = ''] = [text.slice(0, text.indexOf('_')), text.slice(text.indexOf('_') + 1)];
  return /^\d+$/.test(at) ? { at: Number(at), id } : null;
}

const excerptLength = 160;

/** Around the first place that has one of the words. */
async function excerptsOf(db: Kysely<Tables>, rows: readonly ConversationRow[], words: readonly string[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const found = await db.selectFrom('ai_search').select('entry').where(hasWords(db, words)).execute();
  const entries = found.map(({ entry }) => entry).slice(0, 500);
  if (entries.length === 0) return new Map();
  const messages = await db.selectFrom('ai_messages').select(['conversation', 'content']).where('id', 'in', entries).execute();
  return new Map(messages.map(({ conversation, content }) => [conversation, excerpt(chatMessageSchema.parse(JSON.parse(content)).text, words)]));
}

function excerpt(text: string, words: readonly string[]): string {
  const plain = text.replaceAll(/\s+/g, ' ');
  const at = words.map((word) => plain.toLowerCase().indexOf(word)).find((place) => place >= 0) ?? 0;
  const start = Math.max(0, at - excerptLength / 4);
  return `${start > 0 ? '…' : ''}${plain.slice(start, start + excerptLength)}${start + excerptLength < plain.length ? '…' : ''}`;
}

/** Null where there is none, or it is another's. */
export async function findConversation(db: Kysely<Tables>, owner: Owner, id: string): Promise<Conversation | null> {
  const { user_id, organisation } = ownerColumns(owner);
  const row = await db
    .selectFrom('ai_conversations')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  return row === undefined ? null : conversationOf(row, owner);
}

export async function findShared(db: Kysely<Tables>, reader: Owner, id: string, sight: string): Promise<Conversation | null> {
  const row = await db
    .selectFrom('ai_conversations')
    .selectAll()
    .where('id', '=', id)
    .where('organisation', '=', ownerColumns(reader).organisation)
    .where('shared_sight', '=', sight)
    .executeTakeFirst();
  return row === undefined ? null : conversationOf(row, reader);
}

export async function shareConversation(db: Kysely<Tables>, owner: Owner, id: string, sight: string | null): Promise<void> {
  const { user_id, organisation } = ownerColumns(owner);
  await db
    .updateTable('ai_conversations')
    .set({ shared_sight: sight })
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .where('organisation', '=', organisation)
    .execute();
}

/** One that is there already gets another title, head and time; it never changes hands. */
export async function putConversation(db: Kysely<Tables>, owner: Owner, { id, title, cluster, createdAt, updatedAt, head }: Conversation): Promise<void> {
  const { user_id, organisation } = ownerColumns(owner);
  const changing = { title, head, updated_at: Date.parse(updatedAt) };
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('ai_conversations')
      .values({ id, user_id, organisation, cluster, created_at: Date.parse(createdAt), aliases: null, shared_sight: null, ...changing })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(changing).where('ai_conversations.user_id', '=', user_id).where('ai_conversations.organisation', '=', organisation),
      )
      .execute();
    if ((await findConversation(transaction, owner, id)) !== null) await indexText(transaction, { entry: id, conversation: id }, title);
  });
}

export async function removeConversation(db: Kysely<Tables>, owner: Owner, id: string): Promise<void> {
  if ((await findConversation(db, owner, id)) === null) return;
  await db.transaction().execute(async (transaction) => {
    // First of all: who stores a message meanwhile is waited for, or finds no conversation any more.
    await transaction.deleteFrom('ai_conversations').where('id', '=', id).execute();
    const messages = transaction.selectFrom('ai_messages').select('id').where('conversation', '=', id);
    await transaction.deleteFrom('ai_frames').where('message', 'in', messages).execute();
    await transaction.deleteFrom('ai_feedback').where('message', 'in', messages).execute();
    await transaction.deleteFrom('ai_messages').where('conversation', '=', id).execute();
    await transaction.deleteFrom('ai_search').where('conversation', '=', id).execute();
  });
}

export async function readAliases(db: Kysely<Tables>, conversation: string): Promise<unknown> {
  const row = await db.selectFrom('ai_conversations').select('aliases').where('id', '=', conversation).executeTakeFirst();
  return row === undefined || row.aliases === null ? null : JSON.parse(row.aliases);
}

export async function putAliases(db: Kysely<Tables>, conversation: string, aliases: unknown): Promise<void> {
  await db
    .updateTable('ai_conversations')
    .set({ aliases: JSON.stringify(aliases) })
    .where('id', '=', conversation)
    .execute();
}

function conversationOf({ id, user_id, title, cluster, created_at, updated_at, head, shared_sight }: ConversationRow, { user }: Owner): Conversation {
  return { id, title, cluster, createdAt: isoOf(created_at), updatedAt: isoOf(updated_at), head, shared: shared_sight !== null, own: user_id === user };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

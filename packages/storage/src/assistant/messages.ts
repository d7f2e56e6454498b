import { type ChatMessage, chatMessageSchema, type Owner, type Rating, type TurnFrame, turnFrameSchema } from '@quarterdeck/contract';
import { type Kysely, SqliteAdapter } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { findConversation } from './conversations.ts';
import { rateRun } from './runs.ts';
import { indexText } from './search-words.ts';

export async function readMessages(db: Kysely<Tables>, conversation: string): Promise<ChatMessage[]> {
  const rows = await db.selectFrom('ai_messages').select('content').where('conversation', '=', conversation).orderBy('created_at').orderBy('id').execute();
  return rows.map(({ content }) => chatMessageSchema.parse(JSON.parse(content)));
}

export async function readUnfinished(db: Kysely<Tables>): Promise<{ message: ChatMessage; writer: string }[]> {
  const rows = await db.selectFrom('ai_messages').select(['content', 'writer']).where('state', '=', 'writing').orderBy('created_at').execute();
  return rows.map(({ content, writer }) => ({ message: chatMessageSchema.parse(JSON.parse(content)), writer: writer ?? '' }));
}

/** Whether `from` was its writer; then `to` is. */
export async function takeWriting(db: Kysely<Tables>, message: string, from: string, to: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('ai_messages')
    .set({ writer: to })
    .where('id', '=', message)
    .where('state', '=', 'writing')
    .where(({ eb, fn, val }) => eb(fn.coalesce('writer', val('')), '=', from))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Null where there is none, or it is another's. */
export async function findMessage(db: Kysely<Tables>, owner: Owner, id: string): Promise<ChatMessage | null> {
  const row = await db.selectFrom('ai_messages').select(['content', 'conversation']).where('id', '=', id).executeTakeFirst();
  if (row === undefined || (await findConversation(db, owner, row.conversation)) === null) return null;
  return chatMessageSchema.parse(JSON.parse(row.content));
}

/** One that is there already is replaced. Of a conversation that is gone meanwhile nothing is kept. */
export async function putMessage(db: Kysely<Tables>, message: ChatMessage, writer: string | null = null): Promise<void> {
  const { id, conversation, state } = message;
  const changing = { state, writer, content: JSON.stringify(message) };
  await db.transaction().execute(async (transaction) => {
    if (!(await holdConversation(transaction, conversation))) return;
    await transaction
      .insertInto('ai_messages')
      .values({ id, conversation, created_at: Date.parse(message.createdAt), ...changing })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
      .execute();
    await indexText(transaction, { entry: id, conversation }, message.text);
  });
}

/** Whether it is there; then it is until the transaction ends. SQLite writes one after the other anyway. */
async function holdConversation(transaction: Kysely<Tables>, id: string): Promise<boolean> {
  const row = transaction.selectFrom('ai_conversations').select('id').where('id', '=', id);
  const held = transaction.getExecutor().adapter instanceof SqliteAdapter ? row : row.forKeyShare();
  return (await held.executeTakeFirst()) !== undefined;
}

export async function addFrames(db: Kysely<Tables>, message: string, frames: readonly TurnFrame[]): Promise<void> {
  if (frames.length === 0) return;
  await db
    .insertInto('ai_frames')
    .values(frames.map((frame) => ({ message, place: frame.offset, frame: JSON.stringify(frame) })))
    .execute();
}

export async function readFrames(db: Kysely<Tables>, message: string): Promise<TurnFrame[]> {
  const rows = await db.selectFrom('ai_frames').select('frame').where('message', '=', message).orderBy('place').execute();
  return rows.map(({ frame }) => turnFrameSchema.parse(JSON.parse(frame)));
}

export async function deleteFrames(db: Kysely<Tables>, message: string): Promise<void> {
  await db.deleteFrom('ai_frames').where('message', '=', message).execute();
}

/** Null takes a rating back. What is another's is left alone. */
export async function rateMessage(
  db: Kysely<Tables>,
  owner: Owner,
  id: string,
  { rating, comment, at }: { rating: Rating | null; comment: string; at: number },
): Promise<void> {
  const message = await findMessage(db, owner, id);
  if (message === null) return;
  await putMessage(db, { ...message, rating });
  await rateRun(db, id, rating);
  await db.deleteFrom('ai_feedback').where('message', '=', id).execute();
  if (rating !== null) await db.insertInto('ai_feedback').values({ message: id, rating, comment, at }).execute();
}

import { type AssistantStore, assistantLimitsSchema, assistantMemorySchema, assistantPrivacySchema, type Owner } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type * as z from 'zod';
import type { Tables } from '../database/tables.ts';
import {
  findConversation,
  findShared,
  ownerColumns,
  putAliases,
  putConversation,
  readAliases,
  readConversations,
  removeConversation,
  shareConversation,
} from './conversations.ts';
import { addFrames, deleteFrames, findMessage, putMessage, rateMessage, readFrames, readMessages, readUnfinished, takeWriting } from './messages.ts';
import { findRun, putRun, readRuns, readRunsSince } from './runs.ts';

/** Conversations, runs and what is remembered, in the workbench's own storage. `now` is epoch milliseconds. */
export function openAssistantStore(db: Kysely<Tables>, now: () => number = Date.now): AssistantStore {
  const everybody = (organisation: string | null): Owner => ({ user: '', organisation });
  return {
    conversations: (owner, query) => readConversations(db, owner, query),
    conversation: (owner, id) => findConversation(db, owner, id),
    sharedConversation: (reader, id, sight) => findShared(db, reader, id, sight),
    shareConversation: (owner, id, sight) => shareConversation(db, owner, id, sight),
    putConversation: (owner, conversation) => putConversation(db, owner, conversation),
    deleteConversation: (owner, id) => removeConversation(db, owner, id),
    messages: (conversation) => readMessages(db, conversation),
    message: (owner, id) => findMessage(db, owner, id),
    putMessage: (message, writer) => putMessage(db, message, writer),
    unfinishedMessages: () => readUnfinished(db),
    takeWriting: (message, from, to) => takeWriting(db, message, from, to),
    addFrames: (message, frames) => addFrames(db, message, frames),
    frames: (message) => readFrames(db, message),
    deleteFrames: (message) => deleteFrames(db, message),
    aliases: (conversation) => readAliases(db, conversation),
    putAliases: (conversation, aliases) => putAliases(db, conversation, aliases),
    putRun: (run) => putRun(db, run),
    run: (id) => findRun(db, id),
    runs: (query) => readRuns(db, query),
    runsSince: (organisation, since) => readRunsSince(db, organisation, Date.parse(since)),
    rateMessage: (owner, message, rating, comment) => rateMessage(db, owner, message, { rating, comment, at: now() }),
    memory: (owner) => readSetting(db, owner, 'memory', assistantMemorySchema),
    putMemory: (owner, memory) => putSetting(db, owner, 'memory', memory),
    privacy: (owner) => readSetting(db, owner, 'privacy', assistantPrivacySchema),
    putPrivacy: (owner, privacy) => putSetting(db, owner, 'privacy', privacy),
    limits: (organisation) => readSetting(db, everybody(organisation), 'limits', assistantLimitsSchema),
    putLimits: (organisation, limits) => putSetting(db, everybody(organisation), 'limits', limits),
  };
}

/** What was never set is as the schema's defaults say. */
async function readSetting<Schema extends z.ZodType>(db: Kysely<Tables>, owner: Owner, name: string, schema: Schema): Promise<z.output<Schema>> {
  const { user_id, organisation } = ownerColumns(owner);
  const row = await db
    .selectFrom('ai_settings')
    .select('value')
    .where('organisation', '=', organisation)
    .where('user_id', '=', user_id)
    .where('name', '=', name)
    .executeTakeFirst();
  return schema.parse(row === undefined ? {} : JSON.parse(row.value));
}

async function putSetting(db: Kysely<Tables>, owner: Owner, name: string, setting: unknown): Promise<void> {
  const value = JSON.stringify(setting);
  await db
    .insertInto('ai_settings')
    .values({ ...ownerColumns(owner), name, value })
    .onConflict((conflict) => conflict.columns(['organisation', 'user_id', 'name']).doUpdateSet({ value }))
    .execute();
}

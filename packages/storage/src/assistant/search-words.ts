import { type Kysely, type RawBuilder, type SqlBool, SqliteAdapter, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** A longer text is found by its beginning. Characters. */
const longest = 200_000;

/** The words of a text, in small letters of ASCII where they have some, so that both engines find the same. */
export function wordsOf(text: string): string[] {
  const plain = text.slice(0, longest).normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])];
}

/** Enters a text anew. */
export async function indexText(db: Kysely<Tables>, entry: { entry: string; conversation: string }, text: string): Promise<void> {
  await db.deleteFrom('ai_search').where('entry', '=', entry.entry).execute();
  await db
    .insertInto('ai_search')
    .values({ ...entry, words: wordsOf(text).join(' ') })
    .execute();
}

/** Whether an entry has all these words, each as the beginning of one of its own. There must be some. */
export function hasWords(db: Kysely<Tables>, words: readonly string[]): RawBuilder<SqlBool> {
  if (db.getExecutor().adapter instanceof SqliteAdapter) return sql`ai_search match ${words.map((word) => `"${word}"*`).join(' ')}`;
  return sql`to_tsvector('simple', ai_search.words) @@ to_tsquery('simple', ${words.map((word) => `'${word}':*`).join(' & ')})`;
}

import { randomBytes } from 'node:crypto';
import { AppError } from '@quarterdeck/contract';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import * as z from 'zod';
import type { Actor } from '../gate/decide.ts';

/** Of the rest of an answer: for how long it is kept, in milliseconds, and how much of it, in characters. */
const keptFor = 15 * 60_000;
const mostKept = 400_000;

/** A token is some four characters of English; of names and numbers rather three. */
export const charactersPerToken = 4;

/** What is read at once, and how to read on. */
export interface Page {
  answer: string;
  /** A handle for `read_more`; null where this is all. */
  more: string | null;
  /** Characters that are left. */
  left: number;
}

const keptSchema = z.object({ owner: z.string(), text: z.string() });

/** Keeps what was too long for one answer, for whoever got its beginning. */
export class AnswerShelf {
  private readonly cache: SharedMemory['cache'];

  constructor({ cache }: Pick<SharedMemory, 'cache'>) {
    this.cache = cache;
  }

  /** The text, or whole lines of its beginning. */
  async show(text: string, longest: number, owner: Actor): Promise<Page> {
    if (text.length <= longest) return { answer: text, more: null, left: 0 };
    const answer = wholeLines(text, longest);
    const rest = text.slice(answer.length).replace(/^\n/, '');
    const more = randomBytes(6).toString('base64url');
    await this.cache.set(keyOf(more), JSON.stringify({ owner: nameOf(owner), text: rest.slice(0, mostKept) }), keptFor);
    return { answer, more, left: rest.length };
  }

  /** The rest of an answer, or the lines of it that have all the words. Throws NOT_FOUND. */
  async rest(handle: string, find: string, owner: Actor): Promise<string> {
    const kept = await this.cache.get(keyOf(handle));
    const { owner: whose, text } = kept === null ? { owner: '', text: '' } : keptSchema.parse(JSON.parse(kept));
    if (whose !== nameOf(owner))
      throw new AppError('NOT_FOUND', `Nothing is kept under ${handle}.`, { hint: 'Call the tool again; what it left out is kept for 15 minutes.' });
    const words = find.toLowerCase().split(/\s+/).filter(Boolean);
    const lines = text.split('\n').filter((line) => words.every((word) => line.toLowerCase().includes(word)));
    return lines.length === 0 ? 'No line has these words.' : lines.join('\n');
  }
}

function wholeLines(text: string, longest: number): string {
  const end = text.lastIndexOf('\n', longest);
  return text.slice(0, end > longest / 2 ? end : longest);
}

function keyOf(handle: string): string {
  return `mcp-answer/${handle}`;
}

function nameOf({ id, organisation, session }: Actor): string {
  return JSON.stringify([id, organisation, session]);
}

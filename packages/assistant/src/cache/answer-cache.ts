import { createHash } from 'node:crypto';
import { turnEventSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AssistantTool } from '../tools/assistant-tool.ts';

/** Where answers are kept for a while: memory of this process, or what servers share. */
export interface TextCache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
}

/** A call of a tool, with a digest of what it gave. */
const lookSchema = z.object({ tool: z.string(), input: z.unknown(), digest: z.string() });
export type Look = z.infer<typeof lookSchema>;

const cachedAnswerSchema = z.object({ model: z.string(), text: z.string(), steps: z.array(turnEventSchema), looks: z.array(lookSchema) });
export type CachedAnswer = z.infer<typeof cachedAnswerSchema>;

/** Milliseconds. */
const usualTtl = 10 * 60_000;
/** More calls than these cost as much time as asking again. */
const mostLooks = 20;

/** What changes from one moment to the next without anything being different. */
const volatile: ReadonlySet<string> = new Set(['checkedAt', 'measuredAt', 'age', 'tookMs']);

/** The same for two results that say the same. */
export function digestOf(value: unknown): string {
  const text = JSON.stringify(value, (key, inner: unknown) => (volatile.has(key) ? undefined : inner)) ?? '';
  return createHash('sha256').update(text).digest('base64url');
}

/** The key of a question: everything that the answer could depend on but for what tools look up on the way. */
export function answerKey(parts: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(parts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `ai:answer:${createHash('sha256').update(JSON.stringify(sorted)).digest('base64url')}`;
}

/**
 * Answers to equal questions. One is given again only where everything that it looked at reads the same now: the calls
 * are made once more, which costs a cluster little and a model nothing.
 */
export class AnswerCache {
  private readonly texts: TextCache;
  private readonly writing = new Map<string, Promise<void>>();

  constructor(texts: TextCache) {
    this.texts = texts;
  }

  async find(key: string, tools: readonly AssistantTool[], signal: AbortSignal): Promise<CachedAnswer | null> {
    await until(this.writing.get(key), signal);
    const text = await this.texts.get(key);
    const answer = text === null ? null : readAnswer(text);
    if (answer === null) return null;
    const same = await Promise.all(answer.looks.map((look) => readsTheSame(look, tools, signal)));
    return same.every((each) => each) ? answer : null;
  }

  /** Whoever asks the same meanwhile waits for `write`; it keeps what may be kept with `keep`. */
  async alone(key: string, write: () => Promise<void>): Promise<void> {
    const writing = write();
    const quiet = writing.catch(() => undefined);
    this.writing.set(key, quiet);
    try {
      await writing;
    } finally {
      if (this.writing.get(key) === quiet) this.writing.delete(key);
    }
  }

  async keep(key: string, answer: CachedAnswer): Promise<void> {
    if (answer.looks.length <= mostLooks) await this.texts.set(key, JSON.stringify(answer), usualTtl);
  }
}

/** Null for what is no answer: it is asked for again, and replaced. */
function readAnswer(text: string): CachedAnswer | null {
  try {
    return cachedAnswerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Resolves with the promise; throws the signal's reason where that comes first. */
async function until(promise: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  if (promise === undefined) return;
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    await Promise.race([promise, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function readsTheSame({ tool: name, input, digest }: Look, tools: readonly AssistantTool[], signal: AbortSignal): Promise<boolean> {
  const tool = tools.find((each) => each.name === name);
  if (tool === undefined || tool.effect !== 'read') return false;
  try {
    return digestOf((await tool.run(input, signal)).value) === digest;
  } catch {
    // What can't be looked at any more may have changed.
    return false;
  }
}

/** So many answers in this process, the oldest going first. */
export function memoryCache(most: number, now: () => number): TextCache {
  const entries = new Map<string, { value: string; until: number }>();
  return {
    async get(key) {
      const entry = entries.get(key);
      return entry === undefined || entry.until <= now() ? null : entry.value;
    },
    async set(key, value, ttlMs) {
      entries.delete(key);
      entries.set(key, { value, until: now() + ttlMs });
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    },
  };
}

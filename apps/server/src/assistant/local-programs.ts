import type { FoundProgram } from '@quarterdeck/contract';
import * as z from 'zod';

interface KnownProgram {
  id: string;
  name: string;
  /** Without a path. */
  origin: string;
  /** What is added for requests to models. */
  base: string;
  list: string;
}

/** Where programs that run models listen unless somebody said otherwise. */
const programs: readonly KnownProgram[] = [
  { id: 'ollama', name: 'Ollama', origin: 'http://127.0.0.1:11434', base: '', list: '/api/tags' },
  { id: 'llama-cpp', name: 'llama.cpp', origin: 'http://127.0.0.1:8080', base: '/v1', list: '/v1/models' },
  { id: 'lm-studio', name: 'LM Studio', origin: 'http://127.0.0.1:1234', base: '/v1', list: '/v1/models' },
  { id: 'vllm', name: 'vLLM', origin: 'http://127.0.0.1:8000', base: '/v1', list: '/v1/models' },
  { id: 'jan', name: 'Jan', origin: 'http://127.0.0.1:1337', base: '/v1', list: '/v1/models' },
];

/** Milliseconds: whatever listens on this machine answers at once. */
const patience = 1_000;
/** Bytes. */
const longestAnswer = 1 << 20;
const mostModels = 100;

const answerSchema = z.union([
  z.object({ models: z.array(z.object({ name: z.string() })) }).transform(({ models }) => models.map(({ name }) => name)),
  z.object({ object: z.literal('list').optional(), data: z.array(z.object({ id: z.string() })) }).transform(({ data }) => data.map(({ id }) => id)),
]);

/** The programs that answer on this machine. Who does not answer as one that runs models is none. `known`: addresses that are set up. */
export async function findLocalPrograms(
  fetch: typeof globalThis.fetch,
  known: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<{ found: FoundProgram[]; looked: string[] }> {
  const looked = programs.map(({ origin }) => origin);
  const found = await Promise.all(
    programs.map(async ({ id, name, origin, base, list }): Promise<FoundProgram[]> => {
      const models = await modelsAt(fetch, `${origin}${list}`, signal);
      if (models === null) return [];
      const baseUrl = `${origin}${base}`;
      return [{ id, name, baseUrl, models: models.slice(0, mostModels), known: known.has(baseUrl) }];
    }),
  );
  signal.throwIfAborted();
  return { found: found.flat(), looked };
}

async function modelsAt(fetch: typeof globalThis.fetch, url: string, signal: AbortSignal): Promise<string[] | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]), redirect: 'error' });
    const text = response.ok ? await response.text() : '';
    return text === '' || text.length > longestAnswer ? null : (answerSchema.safeParse(JSON.parse(text)).data ?? null);
  } catch {
    return null; // Nothing is there, or something else.
  }
}

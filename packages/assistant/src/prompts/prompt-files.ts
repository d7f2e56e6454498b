import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const frontMatterSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  version: z.coerce.number().int().positive(),
  intent: z.enum(['all', 'troubleshoot', 'create', 'explain', 'optimise', 'plan', 'manifest']),
});

export interface PromptFile extends z.infer<typeof frontMatterSchema> {
  text: string;
}

/** A prompt with its front matter: lines `key: value` between two lines `---`. Throws where it has none, or a wrong one. */
export function parsePrompt(text: string): PromptFile {
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
  if (parts === null) throw new Error('A prompt begins with its front matter.');
  const lines = (parts[1] ?? '').split('\n').map((line) => line.split(/:\s*/, 2));
  return { ...frontMatterSchema.parse(Object.fromEntries(lines)), text: (parts[2] ?? '').trim() };
}

/** One of the files beside this one. */
export function readPrompt(id: string): PromptFile {
  const prompt = parsePrompt(readFileSync(join(import.meta.dirname, `${id}.md`), 'utf8'));
  if (prompt.id === id) return prompt;
  throw new Error(`The file ${id}.md holds the prompt ${prompt.id}.`);
}

const ids = ['assistant', 'troubleshoot', 'explain', 'create', 'optimise', 'plan', 'manifest'] as const;

/** All of them, what every conversation begins with first. */
export function readPrompts(): (PromptFile & { path: string })[] {
  return ids.map((id) => ({ ...readPrompt(id), path: `packages/assistant/src/prompts/${id}.md` }));
}

/** `assistant@1`. */
export function promptName({ id, version }: PromptFile): string {
  return `${id}@${version}`;
}

import { AppError } from '@quarterdeck/contract';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Passage } from './knowledge.ts';

const names = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => (typeof value === 'string' ? [value] : value));
/** What may stand above a runbook, between lines of `---`; further fields are left alone. */
const frontMatterSchema = z.looseObject({ title: z.string().optional(), mechanisms: names, codes: names, kinds: names });

/** Characters; a passage is shown to a model as a whole. */
const longestPassage = 4000;

/** The passages of a runbook: one a section. Throws VALIDATION_ERROR with the file for front matter that can't be read. */
export function readRunbook(path: string, markdown: string): Passage[] {
  const [, head, body = markdown] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(markdown) ?? [];
  const { title, mechanisms, codes, kinds } = frontMatter(path, head ?? '');
  const sections = sectionsOf(body);
  const name = title ?? sections.find(({ level }) => level === 1)?.heading ?? path.replace(/^.*\//, '').replace(/\.md$/, '');
  return sections
    .filter(({ text }) => text !== '')
    .map(({ heading, text }) => ({
      id: `runbook:${path}#${anchor(heading)}`,
      type: 'runbook',
      title: heading === '' || heading === name ? name : `${name}: ${heading}`,
      citation: heading === '' ? path : `${path}#${anchor(heading)}`,
      text: text.slice(0, longestPassage),
      ...{ mechanisms, codes, kinds, rating: 0 },
    }));
}

function frontMatter(path: string, text: string): z.output<typeof frontMatterSchema> {
  const parsed = frontMatterSchema.safeParse(yaml(path, text) ?? {});
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new AppError('VALIDATION_ERROR', `${path}: ${first?.path.join('.') ?? 'the front matter'} is not valid.`, {
    hint: 'title is a text; mechanisms, codes and kinds are lists of names.',
    cause: parsed.error,
  });
}

function yaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', `${path}: the front matter is no YAML.`, { hint: 'Correct what stands between the lines of ---.', cause });
  }
}

interface Section {
  /** Empty for what stands before the first heading. */
  heading: string;
  level: number;
  text: string;
}

/** A heading inside a fence is none. */
function sectionsOf(markdown: string): Section[] {
  const sections: Section[] = [{ heading: '', level: 0, text: '' }];
  let inFence = false;
  for (const line of markdown.split(/\r?\n/)) {
    if (/^\s*(?:```|~~~)/.test(line)) inFence = !inFence;
    const heading = inFence ? null : /^(#{1,6})\s+(.+?)\s*#*$/.exec(line);
    const last = sections.at(-1);
    if (heading !== null) sections.push({ heading: heading[2] ?? '', level: heading[1]?.length ?? 1, text: '' });
    else if (last !== undefined) last.text += `${line}\n`;
  }
  return sections.map((section) => ({ ...section, text: section.text.trim() }));
}

/** As code hosts make links to headings. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

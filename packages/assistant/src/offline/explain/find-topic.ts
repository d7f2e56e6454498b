import { type CatalogueEntry, catalogue, nearMiss } from '@quarterdeck/diagnosis';
import { kindWords } from '../understand/kind-words.ts';
import type { Vocabulary } from '../understand/question.ts';
import { exitCodes, type Reason, reasons, terms } from './reasons.ts';

/** What there is to say of a topic without a model. */
export type Topic =
  | { type: 'check'; entry: CatalogueEntry }
  | { type: 'reason'; reason: Reason }
  | { type: 'exitCode'; code: string; meaning: string }
  | { type: 'term'; term: string; meaning: string }
  /** A kind, or a field of one, as the cluster's OpenAPI documents describe it. */
  | { type: 'field'; kind: string; path: string };

/** Null where nothing is known of it. */
export function findTopic(text: string, kinds: Vocabulary['kinds']): Topic | null {
  const topic = text.trim().toLowerCase();
  return exitCode(topic) ?? checkNamed(topic) ?? reasonNamed(topic) ?? field(text.trim(), kinds) ?? termNamed(topic) ?? misspelt(topic);
}

function exitCode(topic: string): Topic | null {
  const number =
    /^(?:exit(?:ed)?|return)?[ -]?(?:code|status)?[ -]?(\d{1,3})$/.exec(topic)?.[1] ??
    /\b(?:exit|return)(?:ed)? (?:with )?(?:code |status )?(\d{1,3})\b/.exec(topic)?.[1];
  if (number === undefined) return null;
  const known = exitCodes[number];
  if (known !== undefined) return { type: 'exitCode', code: number, meaning: known };
  if (!/exit|code|status/.test(topic)) return null;
  const signal = Number(number) - 128;
  const meaning =
    signal > 0 && signal < 65 ? `Ended by signal ${signal} (128 + ${signal}).` : 'A code of the program itself: its log or documentation says which.';
  return { type: 'exitCode', code: number, meaning };
}

function checkNamed(topic: string): Topic | null {
  const code = topic.replace(/ /g, '-');
  const entry = catalogue().find((each) => each.code === code || each.title.toLowerCase() === topic);
  return entry === undefined ? null : { type: 'check', entry };
}

const squeezed = (text: string) => text.toLowerCase().replace(/[ _-]/g, '');

function reasonNamed(topic: string): Topic | null {
  const wanted = squeezed(topic.replace(/ (?:error|status|state|reason|events?)$/, ''));
  const reason = reasons.find(({ name, also = [] }) => [name, ...also].some((each) => squeezed(each) === wanted));
  return reason === undefined ? null : { type: 'reason', reason };
}

function field(text: string, kinds: Vocabulary['kinds']): Topic | null {
  const words = kindWords(kinds);
  const [first = '', ...rest] = text.replace(/^(?:field|kind|the) /i, '').split('.');
  const kind = words.get(first.toLowerCase());
  if (kind === undefined) return null;
  return rest.some((part) => part === '' || /\s/.test(part)) ? null : { type: 'field', kind, path: rest.join('.') };
}

function termNamed(topic: string): Topic | null {
  for (const name of [topic, topic.replace(/s$/, ''), topic.replace(/ies$/, 'y')]) {
    const meaning = terms[name];
    if (meaning !== undefined) return { type: 'term', term: name, meaning };
  }
  return null;
}

function misspelt(topic: string): Topic | null {
  const near = nearMiss(
    squeezed(topic),
    reasons.map(({ name }) => squeezed(name)),
  );
  return near === null ? null : reasonNamed(near);
}

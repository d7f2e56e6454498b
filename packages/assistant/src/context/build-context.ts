import type { Privacy, SealedSection } from '../privacy/create-privacy.ts';
import type { PrivacySwitch } from '../privacy/privacy-settings.ts';
import type { ContextSection, Intent } from '../sources/context-source.ts';
import { dataBlock } from '../turn/data-block.ts';
import { allot } from './allot.ts';
import { type ContextSettings, usualShare } from './context-settings.ts';
import { cutToTokens, type TokenCounter } from './cut.ts';

export interface ContextInput {
  sections: readonly ContextSection[];
  intent: Intent;
  settings: ContextSettings;
  privacy: Privacy;
  countTokens: TokenCounter;
  /** What the blocks of data begin and end with: random for each request, so that no data can end its own block. */
  mark: string;
}

export interface BuiltContext {
  /** The part of the prompt; empty where there is nothing to say. Names are already sealed. */
  text: string;
  tokens: number;
  /** What became of each section, for the person who wants to see what is sent. */
  account: SectionAccount[];
}

export interface SectionAccount {
  id: string;
  title: string;
  /** Of what is sent, and of all there was. */
  tokens: number;
  fullTokens: number;
  /** What was cut, in words; null where nothing was. */
  cut: string | null;
  /** How many secrets were hidden. */
  redacted: number;
  /** The privacy setting that kept it here; null where none did. */
  withheld: PrivacySwitch | null;
}

/**
 * What sources know as a part of a prompt: sealed first, so that no cut runs through a secret; then cut to the budget,
 * each section as its form asks for; then set between marks, as data.
 */
export function buildContext({ sections, intent, settings, privacy, countTokens, mark }: ContextInput): BuiltContext {
  const sealed = sections.filter(({ text }) => text.trim() !== '').map((section) => privacy.sealSection(section));
  const sizes = sealed.map(({ section }) => countTokens(section.text));
  const claims = sealed.map(({ section }, index) => ({
    wants: sizes[index] ?? 0,
    share: settings.shares[intent][section.id] ?? usualShare,
    priority: section.priority,
  }));
  const overhead = sealed.length * (countTokens(dataBlock('Title of it, with what was left out', '', mark)) + 2);
  const given = allot(claims, Math.max(0, settings.tokens - overhead));
  const parts = sealed.map((each, index) => partOf(each, { tokens: given[index] ?? 0, full: sizes[index] ?? 0, countTokens, mark }));
  const text = parts.flatMap((part) => (part.text === '' ? [] : [part.text])).join('\n\n');
  return { text, tokens: countTokens(text), account: parts.map(({ account }) => account) };
}

interface Allotted {
  tokens: number;
  full: number;
  countTokens: TokenCounter;
  mark: string;
}

function partOf({ section, redacted, withheld }: SealedSection, { tokens, full, countTokens, mark }: Allotted): { text: string; account: SectionAccount } {
  const { text, left } = cutToTokens(section, tokens, countTokens, full);
  const title = left === null ? section.title : `${section.title} (left out: ${left})`;
  return {
    text: text === '' ? '' : dataBlock(title.replaceAll('\n', ' ').replaceAll(mark, ''), text, mark),
    account: { id: section.id, title: section.title, tokens: text === '' ? 0 : countTokens(text), fullTokens: full, cut: left, redacted, withheld },
  };
}

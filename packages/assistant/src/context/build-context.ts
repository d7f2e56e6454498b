import type { SectionAccount } from '@quarterdeck/contract';
import type { Privacy, SealedSection } from '../privacy/create-privacy.ts';
import type { ContextSection, Intent } from '../sources/context-source.ts';
import { dataBlock } from '../turn/data-block.ts';
import { allot } from './allot.ts';
import { type ContextSettings, usualShare } from './context-settings.ts';
import { aboutTokens, cutToTokens, type TokenCounter } from './cut.ts';

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

/**
 * What sources know as a part of a prompt: sealed first, so that no cut runs through a secret; then cut to the budget,
 * each section as its form asks for; then set between marks, as data.
 */
export function buildContext({ sections, intent, settings, privacy, countTokens, mark }: ContextInput): BuiltContext {
  const sealed = privacy.sealSections(sections.filter(({ text }) => text.trim() !== ''));
  const sizes = sealed.map(({ section }) => aboutTokens(section.text, countTokens));
  const claims = sealed.map(({ section }, index) => ({
    wants: sizes[index] ?? 0,
    share: settings.shares[intent][section.id] ?? usualShare,
    priority: section.priority,
  }));
  const around = countTokens(dataBlock('Title of it, with what was left out', '', mark)) + 2;
  const given = allot(claims, Math.max(0, settings.tokens - sealed.length * around));
  const parts = sealed.map((each, index) => partOf(each, { tokens: given[index] ?? 0, full: sizes[index] ?? 0, countTokens, mark, around }));
  const text = parts.flatMap((part) => (part.text === '' ? [] : [part.text])).join('\n\n');
  const account = parts.map((part) => part.account);
  return { text, tokens: account.reduce((sum, { tokens }) => sum + tokens, 0), account };
}

interface Allotted {
  tokens: number;
  full: number;
  countTokens: TokenCounter;
  mark: string;
  /** Tokens of what stands around a section. */
  around: number;
}

function partOf(
  { section, redacted, aliased, withheld }: SealedSection,
  { tokens: room, full, countTokens, mark, around }: Allotted,
): { text: string; account: SectionAccount } {
  const { text, left, tokens } = cutToTokens(section, { tokens: room, full }, countTokens);
  const title = (left === null ? section.title : `${section.title} (left out: ${left})`).replaceAll('\n', ' ').replaceAll(mark, '');
  return {
    text: text === '' ? '' : dataBlock(title, text, mark),
    account: { id: section.id, title: section.title, tokens: text === '' ? 0 : tokens + around, fullTokens: full, cut: left, redacted, aliased, withheld },
  };
}

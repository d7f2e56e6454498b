import type { Hide } from './named-secrets.ts';

const longToken = /(?<![\w+/=-])[\w+/-]{20,}={0,2}(?![\w+/=-])/g;

/** A text without what looks random, whatever stands around it: many kinds of characters in one word, in no order. */
export function hideRandomTokens(text: string, hide: Hide): string {
  return text.replace(longToken, (token) => (isRandom(token) ? hide(token) : token));
}

/**
 * Small and capital letters and digits that change places as often as in base64 of random bytes. Not: what programs call
 * things (`AbstractChannelHandlerContext2`: whole words), digests, ids and suffixes of pods (one case only), paths.
 */
export function isRandom(token: string): boolean {
  if (!/[a-z]/.test(token) || !/[A-Z]/.test(token) || !/\d/.test(token)) return false;
  if (/^[a-f\d-]+$/i.test(token)) return false;
  const changes = [...token].filter((character, index) => index > 0 && kindOf(character) !== kindOf(token[index - 1] ?? '')).length;
  return changes >= token.length * 0.33 && bitsPerCharacter(token) >= 3.4;
}

function kindOf(character: string): string {
  if (character >= 'a' && character <= 'z') return 'small';
  if (character >= 'A' && character <= 'Z') return 'capital';
  return character >= '0' && character <= '9' ? 'digit' : 'sign';
}

/** Shannon entropy. */
function bitsPerCharacter(token: string): number {
  const counts = new Map<string, number>();
  for (const character of token) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / token.length) * Math.log2(count / token.length), 0);
}

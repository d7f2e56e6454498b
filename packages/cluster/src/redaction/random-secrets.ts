import type { Hide } from './named-secrets.ts';

/** Certificates are open to all, and look random: they are matched whole and left. */
const longToken = /-----BEGIN CERTIFICATE-----[\s\S]{0,20000}?-----END CERTIFICATE-----|(?<![\w+/=-])[\w+/-]{20,}={0,2}(?![\w+/=-])/g;
/** Base64 of the same. */
const encodedCertificate = 'LS0tLS1CRUdJTiBDRVJU';

/** A text without what looks random, whatever stands around it: many kinds of characters in one word, in no order. */
export function hideRandomTokens(text: string, hide: Hide): string {
  return text.replace(longToken, (token) => (isRandom(token) ? hide(token) : token));
}

/**
 * Small and capital letters and digits that change places as often as in base64 of random bytes. Not: what programs call
 * things (`AbstractChannelHandlerContext2`: whole words), digests, ids and suffixes of pods (one case only), paths.
 */
function isRandom(token: string): boolean {
  if (token.startsWith('-----') || token.startsWith(encodedCertificate) || /^[a-f\d-]+$/i.test(token)) return false;
  const parts = token.split(/[-_/+=]/);
  if (!parts.some((part) => part.length >= 10 && /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part))) return false;
  return parts.reduce((sum, part) => sum + changesIn(part), 0) >= token.length * 0.33 && bitsPerCharacter(token) >= 3.4;
}

function changesIn(part: string): number {
  return [...part].filter((character, index) => index > 0 && kindOf(character) !== kindOf(part[index - 1] ?? '')).length;
}

function kindOf(character: string): 'small' | 'capital' | 'digit' {
  if (character >= 'a') return 'small';
  return character >= 'A' ? 'capital' : 'digit';
}

/** Shannon entropy. */
function bitsPerCharacter(token: string): number {
  const counts = new Map<string, number>();
  for (const character of token) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / token.length) * Math.log2(count / token.length), 0);
}

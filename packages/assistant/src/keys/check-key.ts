import { AppError } from '@quarterdeck/contract';
import type { ProviderKind } from '../providers/provider-kind.ts';
import { providerKinds } from '../providers/registry.ts';
import { ApiKey } from './api-key.ts';

/**
 * A key as somebody pasted it: blanks, quotes, `Bearer` and `NAME=` around it are taken off.
 * Throws VALIDATION_ERROR for what can be no key of this provider; the text is not repeated.
 */
export function checkKey(kind: ProviderKind, pasted: string): ApiKey {
  const key = unwrapped(pasted);
  const doubt = doubtOf(kind, key);
  if (doubt === null) return new ApiKey(key);
  throw new AppError('VALIDATION_ERROR', doubt, {
    hint: kind.key?.page ? `Make or copy one at ${kind.key.page}.` : 'Copy the key once more, as a whole.',
    details: { provider: kind.id },
  });
}

export function unwrapped(pasted: string): string {
  return pasted
    .trim()
    .replace(/^(?:export\s+)?[A-Z][A-Z0-9_]*=/, '')
    .replace(/^(['"`])(.*)\1$/s, '$2')
    .replace(/^bearer\s+/i, '')
    .trim();
}

/** Why this is hardly a key of the provider; null where it may be one. */
export function doubtOf({ id, name, key: rules }: ProviderKind, key: string): string | null {
  if (key === '') return `The key for ${name} is empty.`;
  if (/[^\x21-\x7e]/.test(key)) return `The key for ${name} has a blank, a line break or a letter in it that no key has.`;
  if (/\.\.\.|…|\*\*\*/.test(key)) return `This is a shortened key for ${name}: pages show it in full only once.`;
  if (rules?.pattern === null || rules === null || rules.pattern.test(key)) return null;
  const other = providerKinds.find((kind) => kind.id !== id && kind.key?.pattern?.test(key) && /^[a-z]{2}-|^AIza/.test(key));
  return other === undefined ? `This is no key of ${name}: one ${rules.form}.` : `This is a key of ${other.name}, not of ${name}.`;
}

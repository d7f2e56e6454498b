import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** 256 bits that nobody guesses: what a browser holds of its session, what a setup needs. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. One that cannot be guessed needs no slow hash. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

const prefix = 'qdp_';
const secretLength = 64;

/** `qdp_`, 256 bits and a checksum, all in hexadecimal: told from other text by whoever looks for secrets that leaked. */
export function newPersonalToken(): string {
  const secret = randomBytes(secretLength / 2).toString('hex');
  return `${prefix}${secret}${checksumOf(secret)}`;
}

/** Whether it has the form of a personal access token; what was mistyped or cut off is told without looking it up. */
export function isPersonalToken(text: string): boolean {
  if (!/^qdp_[0-9a-f]{72}$/.test(text)) return false;
  const secret = text.slice(prefix.length, prefix.length + secretLength);
  return text.endsWith(checksumOf(secret));
}

/** Its first characters, by which its owner tells it from others. */
export function hintOf(token: string): string {
  return token.slice(0, prefix.length + 6);
}

function checksumOf(secret: string): string {
  return crc32(secret).toString(16).padStart(8, '0');
}

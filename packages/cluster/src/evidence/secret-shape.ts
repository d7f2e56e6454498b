import { createHmac, randomBytes } from 'node:crypto';
import type { SecretShape, SecretValueShape } from './evidence.ts';

/** Kept nowhere: fingerprints can be compared within one run of the program and mean nothing outside it. */
const processKey = randomBytes(32);

/** Below this, too many ordinary words are base64 of something printable by chance. */
const shortestDecoded = 4;

/** The shape of a Secret's values, given as the API has them (base64). */
export function secretShape(type: string, data: Readonly<Record<string, string>>): SecretShape {
  return { type, keys: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, valueShape(Buffer.from(value, 'base64'))])) };
}

function valueShape(value: Buffer): SecretValueShape {
  const decoded = decodeBase64Text(value);
  return {
    length: value.byteLength,
    fingerprint: fingerprint(value),
    decodedFingerprint: decoded === null ? null : fingerprint(decoded),
    trimmedFingerprint: fingerprint(Buffer.from(value.toString('latin1').trim(), 'latin1')),
  };
}

function fingerprint(value: Buffer): string {
  return createHmac('sha256', processKey).update(value).digest('base64url');
}

/** The value decoded once more, where somebody encoded it twice; null where it is not base64 of printable text. */
function decodeBase64Text(value: Buffer): Buffer | null {
  const text = value.toString('latin1').replace(/\s+/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const decoded = Buffer.from(text, 'base64');
  if (decoded.byteLength < shortestDecoded || decoded.toString('base64') !== text) return null;
  return isPrintable(decoded) ? decoded : null;
}

function isPrintable(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) && !/[^\P{C}\t\r\n]/u.test(text);
}

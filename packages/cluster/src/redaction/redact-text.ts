import { type Hide, hideNamedSecrets } from './named-secrets.ts';
import { hideRandomTokens } from './random-secrets.ts';
import { secretFormats, suspicious } from './secret-formats.ts';
import { hideSecretData } from './secret-manifests.ts';

/** What stands in a text where a secret stood. */
export const redacted = '[redacted]';

export interface RedactionOptions {
  /** Told of each secret, so that it can be looked for elsewhere. */
  found?: (secret: string) => void;
  /** Hides also what only looks random. Default: no, as fingerprints and ids do as well. */
  random?: boolean;
}

/**
 * A text without what looks like a secret: keys with a known format, passwords in URLs and headers, values behind names
 * such as `DB_PASSWORD`, data of Secrets in manifests, and base64 of any of these. It errs on the side of hiding. A result
 * is left as it is. No pattern takes more than linear time.
 */
export function redactText(text: string, options: RedactionOptions = {}): string {
  const hide = hiding(options);
  const decoded = hideEncoded(text, hide);
  const known = suspicious.test(decoded) ? hideKnown(decoded, hide) : decoded;
  return options.random === true ? hideRandomTokens(known, hide) : known;
}

function hideKnown(text: string, hide: Hide): string {
  const bare = secretFormats.reduce(
    (current, { pattern, needs }) => {
      if (needs.length > 0 && !needs.some((part) => current.includes(part))) return current;
      return current.replace(pattern, (...found: unknown[]) => hideFormat(found, hide));
    },
    hideSecretData(text, hide),
  );
  return hideNamedSecrets(bare, hide);
}

function hideFormat(found: readonly unknown[], hide: Hide): string {
  const groups = found.at(-1);
  if (typeof groups !== 'object' || groups === null || !('before' in groups && 'secret' in groups)) return hide(String(found[0]));
  const secret = String(groups.secret);
  return secret === redacted ? String(found[0]) : `${groups.before}${hide(secret)}`;
}

function hiding({ found }: RedactionOptions): Hide {
  return (secret) => {
    if (secret !== redacted) found?.(secret);
    return redacted;
  };
}

const encoded = /(?<![\w+/=-])[A-Za-z\d+/_-]{24,}={0,2}(?![\w+/=-])/g;

/** Base64 of a text that holds a secret; decoded once. */
function hideEncoded(text: string, hide: Hide): string {
  return text.replace(encoded, (token) => {
    const decoded = Buffer.from(token, 'base64').toString('utf8');
    if (!/^[\t\n\r\x20-\x7e]{16,}$/.test(decoded) || !suspicious.test(decoded)) return token;
    return hideKnown(decoded, () => redacted) === decoded ? token : hide(token);
  });
}

import { redacted } from '@quarterdeck/cluster';
import { literal } from './name-book.ts';

/** Shorter ones, and plain words, occur in texts by chance. Characters. */
const shortest = 8;
const most = 6_000;

/**
 * Secrets that were seen behind a name in one place, to be found again in another where nothing tells of them: a
 * password from a manifest, in a log. Kept in memory only.
 */
export class FoundSecrets {
  private readonly secrets = new Map<string, string>();
  private pattern: RegExp | null = null;

  add(secret: string, mark = redacted): void {
    const bare = secret.trim();
    if (this.secrets.size >= most || this.secrets.has(bare) || !isTelling(bare)) return;
    this.secrets.set(bare, mark);
    const encoded = Buffer.from(bare).toString('base64');
    if (mark === redacted) for (const form of [encoded, encoded.replace(/=+$/, '')]) this.secrets.set(form, mark);
    this.pattern = null;
  }

  hide(text: string): string {
    if (this.secrets.size === 0) return text;
    this.pattern ??= patternOf([...this.secrets.keys()]);
    return text.replace(this.pattern, (secret) => this.secrets.get(secret) ?? redacted);
  }
}

/** Long, and no word that a text has by itself. */
function isTelling(secret: string): boolean {
  if (secret.length < shortest || secret.length > 4096 || /^\[.*\]$/.test(secret)) return false;
  return /^\d+$/.test(secret) || (/[A-Za-z]/.test(secret) && (secret.length >= 12 || /\d|[^\w\s]|\s/.test(secret)));
}

/** The longest first, so that one that begins like another is found whole. */
function patternOf(secrets: string[]): RegExp {
  return new RegExp(
    secrets
      .sort((one, other) => other.length - one.length)
      .map(literal)
      .join('|'),
    'g',
  );
}

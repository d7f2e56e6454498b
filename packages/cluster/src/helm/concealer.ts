import { createHmac, randomBytes } from 'node:crypto';
import { type Document, isMap, isPair, isScalar, isSeq, type Pair, parseDocument, Scalar, stringify, visit, type YAMLMap } from 'yaml';
import { redactText } from '../redaction/redact-text.ts';
import { holdsSecrets, isReference, looksSecret } from './looks-secret.ts';
import { splitManifest } from './manifest.ts';

/** Kept nowhere: marks can be compared within one run of the program and mean nothing outside it. */
const processKey = randomBytes(32);

/** Shorter ones, and plain words, occur in texts by chance. */
const shortestInText = 6;
const plainWord = /^[a-z]{1,11}$/i;
const mostInText = 1_000;

/**
 * Replaces secrets in YAML and in text by marks: the same mark for the same value, so that a comparison shows that
 * something changed and not what. It remembers what it replaced, and finds it again in later texts.
 */
export class Concealer {
  /** How many values were replaced. */
  count = 0;
  private readonly found = new Set<string>();

  /** Values as YAML. */
  values(values: Readonly<Record<string, unknown>>): string {
    if (Object.keys(values).length === 0) return '';
    const document = parseDocument(stringify(values, { lineWidth: 0, aliasDuplicateObjects: false }));
    this.concealIn(document);
    return document.toString({ lineWidth: 0 });
  }

  /** Each document stays as it was written where nothing in it is secret; of Secrets all data is. */
  manifest(text: string): string {
    const documents = splitManifest(text).map((document) => this.document(document));
    return this.text(documents.map((document) => `---\n${document.trimEnd()}\n`).join(''));
  }

  /** Text in which what was replaced elsewhere may occur again. */
  text(text: string): string {
    const secrets = [...this.found].filter((secret) => secret.length >= shortestInText && !plainWord.test(secret)).slice(0, mostInText);
    if (secrets.length === 0) return text;
    const forms = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('base64')]).sort((one, other) => other.length - one.length);
    return text.replace(new RegExp(forms.map(literal).join('|'), 'g'), (secret) => markOf(secret));
  }

  private document(text: string): string {
    const document = parseDocument(text, { logLevel: 'silent' });
    // What is no YAML can't be looked into, so nothing of it is shown.
    if (document.errors.length > 0) return '# A part of the manifest that is no YAML is left out.';
    const before = this.count;
    if (document.get('kind') === 'Secret') this.concealSecret(document);
    this.concealIn(document);
    return this.count === before ? text : document.toString({ lineWidth: 0 });
  }

  private concealSecret(document: Document): void {
    for (const field of ['data', 'stringData']) {
      const map = document.get(field);
      if (!isMap(map)) continue;
      for (const pair of map.items) {
        const value = isScalar(pair.value) ? String(pair.value.value ?? '') : JSON.stringify(pair.value);
        const decoded = field === 'data' ? Buffer.from(value, 'base64').toString('utf8') : value;
        pair.value = this.mark(decoded);
      }
    }
  }

  private concealIn(document: Document): void {
    visit(document, {
      Pair: (_key, pair, path) => this.concealPair(pair, path),
      Map: (_key, map) => this.concealVariable(map),
      Scalar: (_key, scalar) => this.concealWithin(scalar),
    });
  }

  private concealPair(pair: Pair, path: readonly unknown[]): void {
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    const below = path.some((node) => isPair(node) && isScalar(node.key) && holdsSecrets(String(node.key.value)));
    if (looksSecret(key) || (below && !isReference(key))) pair.value = this.concealValue(pair.value);
  }

  /** `{name: DB_PASSWORD, value: …}`, as containers have it. */
  private concealVariable(map: YAMLMap): void {
    const name = map.get('name');
    if (typeof name === 'string' && looksSecret(name) && isScalar(map.get('value', true))) map.set('value', this.concealValue(map.get('value', true)));
  }

  /** A text or number, or a list of them. */
  private concealValue(node: unknown): unknown {
    if (isSeq(node)) node.items = node.items.map((item) => this.concealValue(item));
    if (!isScalar(node) || !isSecretScalar(node.value)) return node;
    return this.mark(String(node.value));
  }

  /** A private key, a password in an address or a token of a known form, whatever key it stands under. */
  private concealWithin(scalar: Scalar): void {
    const { value } = scalar;
    if (typeof value !== 'string') return;
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value)) Object.assign(scalar, this.mark(value));
    const replaced = value.replace(/(\/\/[^/@\s:]*:)([^@/\s]+)@/g, (_all, before: string, password: string) => `${before}${this.mark(password).value}@`);
    const redacted = redactText(replaced);
    if (redacted === value) return;
    if (redacted !== replaced) this.count += 1;
    scalar.value = redacted;
  }

  private mark(secret: string): Scalar<string> {
    if (isMark(secret)) return new Scalar(secret);
    this.count += 1;
    this.found.add(secret);
    return new Scalar(markOf(secret));
  }
}

/** What a document or text is replaced by: nothing of the value, not even its length. */
function markOf(secret: string): string {
  return `<hidden ${createHmac('sha256', processKey).update(secret).digest('hex').slice(0, 6)}>`;
}

/** A text as a pattern that matches it alone. */
function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

function isMark(text: string): boolean {
  return /^<hidden [\da-f]{6}>$/.test(text);
}

/** Whether something in a text is hidden. */
export function isHidden(text: string): boolean {
  return /<hidden [\da-f]{6}>/.test(text);
}

/** Nothing to hide in a switch, nor where nothing is set. */
function isSecretScalar(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

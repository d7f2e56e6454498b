import type { KubeObject } from '@quarterdeck/contract';
import { type RedactionOptions, redacted, redactText } from './redact-text.ts';
import { isHarmlessValue, isPasswordName, isReference, isSecretName } from './secret-names.ts';

/** Identity, not content: a name that looks like a token must stay the name. */
const identity: ReadonlySet<string> = new Set([
  ...['apiVersion', 'kind', 'name', 'namespace', 'uid', 'resourceVersion', 'generateName'],
  ...['imageID', 'containerID', 'podUID', 'machineID', 'systemUUID', 'bootID', 'providerID', 'fingerprint'],
]);

/**
 * An object without what looks like a secret: data of Secrets, values of variables and ConfigMap keys with the name of
 * one, options of command lines, and whatever `redactText` finds in any other text. Names, labels, owners and references stay.
 */
export function redactObject<T extends KubeObject>(object: T, options: RedactionOptions = {}): T {
  const { metadata, ...rest } = object;
  const reader = new Redactor(options);
  const annotations = metadata.annotations === undefined ? {} : { annotations: reader.record(metadata.annotations) };
  return { ...object, ...reader.object(rest), metadata: { ...metadata, ...annotations } };
}

/** Any JSON, by the same rules. */
export function redactJson(value: unknown, options: RedactionOptions = {}): unknown {
  return new Redactor(options).value(value);
}

class Redactor {
  private readonly options: RedactionOptions;

  constructor(options: RedactionOptions) {
    this.options = options;
  }

  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    return typeof value === 'object' && value !== null ? this.object(value) : value;
  }

  object(value: object): object {
    const isSecret = 'kind' in value && (value.kind === 'Secret' || value.kind === 'SecretList');
    const named = 'name' in value && 'value' in value && typeof value.name === 'string' ? value.name : null;
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => {
        if (isSecret && (key === 'data' || key === 'stringData')) return [key, this.below(field)];
        if (isSecret && key === 'items' && Array.isArray(field)) return [key, field.map((item) => this.object({ kind: 'Secret', ...item }))];
        // `{name: DB_PASSWORD, value: x}`, as variables of containers are written.
        return [key, key === 'value' && named !== null ? this.named(named, field) : this.field(key, field)];
      }),
    );
  }

  record(record: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, this.namedText(key, value)]));
  }

  private field(key: string, value: unknown): unknown {
    if (typeof value === 'string' && identity.has(key)) return value;
    if (Array.isArray(value) && (key === 'args' || key === 'command')) return this.commandLine(value);
    return this.named(key, value);
  }

  private named(name: string, value: unknown): unknown {
    if (typeof value === 'string') return this.namedText(name, value);
    if (typeof value === 'number') return isPasswordName(name) ? this.hide(String(value)) : value;
    if (!isSecretName(name) || !isPlain(value)) return this.value(value);
    return this.below(value);
  }

  private namedText(name: string, value: string): string {
    return isSecretName(name) && !isHarmlessValue(name, value) ? this.hide(value) : this.text(value);
  }

  /** Everything in it is secret, but what names or switches something. */
  private below(value: unknown): unknown {
    if (typeof value === 'string') return /^\**$/.test(value) || isReference(value) ? value : this.hide(value);
    if (Array.isArray(value)) return value.map((item) => this.below(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, this.below(field)]));
  }

  private text(text: string): string {
    return isJson(text) ? this.json(text) : redactText(text, this.options);
  }

  /** `kubectl` and others keep whole objects as text. */
  private json(text: string): string {
    try {
      const parsed: unknown = JSON.parse(text);
      const hidden = JSON.stringify(this.value(parsed));
      return hidden === JSON.stringify(parsed) ? redactText(text, this.options) : redactText(hidden, this.options);
    } catch (error) {
      if (error instanceof SyntaxError) return redactText(text, this.options);
      throw error;
    }
  }

  private hide(secret: string): string {
    if (secret !== redacted) this.options.found?.(secret);
    return redacted;
  }

  /** An option may carry its value in the next argument: `--password hunter2`. */
  private commandLine(parts: readonly unknown[]): unknown[] {
    return parts.map((part, index) => {
      const before = parts[index - 1];
      if (typeof part !== 'string' || typeof before !== 'string') return this.value(part);
      if (before === '-u' && /^[\w.@-]+:[^/]/.test(part)) return `${part.slice(0, part.indexOf(':') + 1)}${this.hide(part.slice(part.indexOf(':') + 1))}`;
      const isValue = /^--?[\w-]+$/.test(before) && isSecretName(before) && !part.startsWith('-') && !isReference(part);
      return isValue ? this.hide(part) : this.text(part);
    });
  }
}

/** Texts, numbers and maps and lists of them, and no reference to an object (`{name: db-login, key: password}`). */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string');
  if (typeof value !== 'object' || value === null) return false;
  return !['name', 'key', 'path', 'secretName', 'valueFrom', 'secretKeyRef', 'metadata', 'type', 'items'].some((field) => field in value);
}

/** More is not looked into as JSON. Characters. */
const longestJson = 512 * 1024;

function isJson(text: string): boolean {
  return text.length < longestJson && /^\s*[{[][\s\S]*[}\]]\s*$/.test(text);
}

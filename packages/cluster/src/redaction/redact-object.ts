import type { KubeObject } from '@quarterdeck/contract';
import { isSecretName, redacted, redactText } from './redact-text.ts';

/** Identity, not content: a name that looks like a token must stay the name. */
const identity: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'name', 'namespace', 'uid', 'resourceVersion', 'generateName']);

/**
 * An object without what looks like a secret: values of variables and ConfigMap keys with the name of one, options of
 * command lines, and whatever `redactText` finds in any other text. Names, labels, owners and references stay.
 */
export function redactObject<T extends KubeObject>(object: T): T {
  const { metadata, ...rest } = object;
  const annotations = metadata.annotations === undefined ? {} : { annotations: redactRecord(metadata.annotations) };
  return { ...object, ...redactFields(rest), metadata: { ...metadata, ...annotations } };
}

/** Any JSON, by the same rules. */
export function redactJson(value: unknown): unknown {
  return redactValue(value);
}

function redactFields(fields: object): object {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redactField(key, value)]));
}

function redactField(key: string, value: unknown): unknown {
  if (typeof value === 'string') return identity.has(key) ? value : redactNamed(key, value);
  if (Array.isArray(value)) return key === 'args' || key === 'command' ? redactCommandLine(value) : value.map(redactValue);
  return redactValue(value);
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  const hidden = hiddenVariable(value);
  return hidden ?? redactFields(value);
}

/** `{name: DB_PASSWORD, value: x}`, as variables of containers are written. An empty value stays empty: that may be the fault. */
function hiddenVariable(value: object): object | null {
  if (!('name' in value && 'value' in value) || typeof value.name !== 'string' || typeof value.value !== 'string') return null;
  return { ...value, value: redactNamed(value.name, value.value) };
}

function redactRecord(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, redactNamed(key, value)]));
}

function redactNamed(name: string, value: string): string {
  return value !== '' && isSecretName(name) && !isReference(value) ? redacted : redactText(value);
}

/** `$(DB_PASSWORD)` and `${DB_PASSWORD}` refer to a secret and are none. */
function isReference(value: string): boolean {
  return /^\$[({]\w+[)}]$/.test(value);
}

/** An option may carry its value in the next argument: `--password hunter2`. */
function redactCommandLine(parts: readonly unknown[]): unknown[] {
  return parts.map((part, index) => {
    const before = parts[index - 1];
    const isValue = typeof before === 'string' && /^--?[\w-]+$/.test(before) && isSecretName(before);
    return isValue && typeof part === 'string' && !part.startsWith('-') && !isReference(part) ? redacted : redactValue(part);
  });
}

import { createHash } from 'node:crypto';

/**
 * What tools say of themselves, as one short text: names, descriptions, schemas and annotations. Another fingerprint means
 * that a model would read other words than those a person has seen.
 */
export function fingerprintOf(tools: unknown): string {
  return createHash('sha256').update(canonical(tools)).digest('hex').slice(0, 32);
}

/** The order of fields and of tools says nothing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${fields
    .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`)
    .sort()
    .join(',')}}`;
}

import { stringify } from 'yaml';

/** A value for programs: JSON, or YAML with one document. Both end with a line break. */
export function structured(value: unknown, format: 'json' | 'yaml'): string {
  return format === 'json' ? `${JSON.stringify(value, null, 2)}\n` : stringify(value, { lineWidth: 0 });
}

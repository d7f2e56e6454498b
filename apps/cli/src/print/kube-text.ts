import { stringify } from 'yaml';

/** An object as the API sends it. */
export type KubeRecord = Record<string, unknown>;

/** As kubectl writes it: keys in order, four spaces, and nothing in it that HTML would read. */
export function kubeJson(value: unknown): string {
  const text = JSON.stringify(inOrder(value), null, 4);
  return `${text.replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** As kubectl writes it: keys in order, lists at the depth of their key, and quotes where YAML 1.1 would read something else. */
export function kubeYaml(value: unknown): string {
  return stringify(inOrder(value), { lineWidth: 0, indentSeq: false, version: '1.1', singleQuote: false, aliasDuplicateObjects: false });
}

/** One line, for a value within other text. */
export function kubeLine(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]));
}

export function isRecord(value: unknown): value is KubeRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

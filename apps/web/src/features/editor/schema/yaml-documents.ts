import { isMap, isScalar, LineCounter, type ParsedNode, parseAllDocuments, type Tags } from 'yaml';

/** A document of the text, as far as it can be read. Offsets are in characters of the whole text. */
export interface YamlDocument {
  from: number;
  to: number;
  /** Null for an empty one. */
  root: ParsedNode | null;
  errors: readonly { from: number; to: number; message: string }[];
  apiVersion: string | null;
  kind: string | null;
  /** Undefined where it can't be read. */
  value(): unknown;
}

/** As kubectl and the server read it: YAML 1.1 without times and numbers of base 60. */
export const yamlOptions = {
  version: '1.1',
  customTags: (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || (tag.tag !== timestampTag && !('format' in tag && tag.format === 'TIME'))),
} as const;
const timestampTag = 'tag:yaml.org,2002:timestamp';

export function yamlDocuments(text: string): YamlDocument[] {
  const parsed = parseAllDocuments(text, { ...yamlOptions, lineCounter: new LineCounter(), uniqueKeys: true });
  if (!Array.isArray(parsed)) return [];
  return parsed.map((document) => {
    const { contents, errors, range } = document;
    return {
      from: range[0],
      to: range[2],
      root: contents,
      errors: errors.map(({ pos, message }) => ({ from: pos[0], to: Math.max(pos[1], pos[0] + 1), message: plainMessage(message) })),
      apiVersion: textAt(contents, 'apiVersion'),
      kind: textAt(contents, 'kind'),
      value: () => (errors.length > 0 ? undefined : readable(() => document.toJS({ maxAliasCount: 100 }))),
    };
  });
}

/** The document that a position is in: the last one that begins before it. */
export function documentAt(documents: readonly YamlDocument[], position: number): YamlDocument | undefined {
  return documents.findLast(({ from }) => from <= position) ?? documents[0];
}

/** An object as the server writes it. Null for what is no object. */
export function objectIn(document: YamlDocument | undefined): Record<string, unknown> | null {
  const value = document?.value();
  return isRecord(value) ? value : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textAt(root: ParsedNode | null, key: string): string | null {
  if (!isMap(root)) return null;
  const node = root.get(key, true);
  return isScalar(node) && typeof node.value === 'string' && node.value !== '' ? node.value : null;
}

/** Too many aliases: what is no object cannot be checked, and the server says why. */
function readable(read: () => unknown): unknown {
  try {
    return read();
  } catch (thrown) {
    console.warn('A document could not be read.', thrown);
    return undefined;
  }
}

function plainMessage(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '');
}

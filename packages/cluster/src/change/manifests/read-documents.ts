import { AppError } from '@quarterdeck/contract';
import { type Document, LineCounter, type ParsedNode, parseAllDocuments, type Tags } from 'yaml';
import * as z from 'zod';

/** One object of a text, with the place where it stands. */
export interface ManifestDocument {
  object: Record<string, unknown>;
  /** For people: `app.yaml, document 2, line 14`. */
  place: string;
}

/** kubectl reads YAML 1.1 (`yes` is true, 0644 is octal) but neither times nor numbers of base 60 (`22:22` is a text). */
const options = {
  version: '1.1',
  customTags: (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || (tag.tag !== timestampTag && !('format' in tag && tag.format === 'TIME'))),
} as const;
const timestampTag = 'tag:yaml.org,2002:timestamp';

const listSchema = z.looseObject({ kind: z.string().regex(/List$/), items: z.array(z.unknown()) });

/**
 * The objects of a text of YAML or JSON: several documents, `List` kinds taken apart, empty documents left out.
 * Throws VALIDATION_ERROR that names document and line.
 */
export function readDocuments(text: string, source: string): ManifestDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { ...options, lineCounter: lines });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document, index) => {
    const line = lineOf(document, lines);
    const place = (at: number) => `${source}, document ${index + 1}, line ${at}`;
    const [error] = document.errors;
    if (error !== undefined) throw notYaml(place(error.linePos?.[0].line ?? line), error.message);
    const value: unknown = read(document, place(line));
    return value == null ? [] : flattened(value, place(line));
  });
}

function read(document: Document, place: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (thrown) {
    throw notYaml(place, thrown instanceof Error ? thrown.message : 'it cannot be read');
  }
}

function flattened(value: unknown, place: string): ManifestDocument[] {
  const list = listSchema.safeParse(value);
  if (list.success) return list.data.items.flatMap((item, index) => flattened(item, `${place}, item ${index + 1}`));
  if (isRecord(value)) return [{ object: value, place }];
  throw new AppError('VALIDATION_ERROR', `${place}: this is not an object.`, { hint: 'An object begins with apiVersion and kind.' });
}

function lineOf({ contents }: Document.Parsed<ParsedNode>, lines: LineCounter): number {
  return contents === null ? 1 : lines.linePos(contents.range[0]).line;
}

function notYaml(place: string, message: string): AppError {
  const [first = message] = message.split('\n');
  return new AppError('VALIDATION_ERROR', `${place}: ${first.replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '')}.`, {
    hint: 'Correct the YAML or JSON there.',
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { EditorState, Text } from '@codemirror/state';
import type { KindSchema } from '@quarterdeck/contract';
import { documentAt, type YamlDocument, yamlDocuments } from '../schema/yaml-documents.ts';
import type { SchemaSource } from './schema-source.ts';

const parsed = new WeakMap<Text, YamlDocument[]>();

/** The documents of the text, parsed once for each state of it. */
export function documentsOf({ doc }: EditorState): YamlDocument[] {
  const known = parsed.get(doc) ?? yamlDocuments(doc.toString());
  parsed.set(doc, known);
  return known;
}

/** What the document at a position is, and its schema. */
export function schemaAt(state: EditorState, position: number, schemas: SchemaSource): { document: YamlDocument; schema: KindSchema } | null {
  const document = documentAt(documentsOf(state), position);
  if (document === undefined || document.apiVersion === null || document.kind === null) return null;
  const schema = schemas.get(document.apiVersion, document.kind);
  return schema === null ? null : { document, schema };
}

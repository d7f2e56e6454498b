import { type Completion, type CompletionContext, type CompletionResult, snippet } from '@codemirror/autocomplete';
import type { FieldSchema, KindSchema } from '@quarterdeck/contract';
import type { Messages } from '../../../messages/language.ts';
import { fieldAt, resolved, typeName } from '../schema/schema-walk.ts';
import { keySnippet } from '../schema/skeleton.ts';
import { type TypingPlace, typingPlace } from '../schema/typing-place.ts';
import { schemaAt } from './documents-of.ts';
import { describe, documentationNode } from './field-documentation.ts';
import type { SchemaSource } from './schema-source.ts';

/** What may stand here: the fields of the object that the cursor is in, or the values of the field. */
export function completeFromSchema(schemas: SchemaSource, words: Messages['editor']): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const { state, pos, explicit } = context;
    const known = schemaAt(state, pos, schemas);
    if (known === null) return null;
    const { lines, index, line } = linesAround(context);
    const place = typingPlace(lines, index, line.text.slice(0, pos - line.from));
    if (place === null || (place.writes === 'key' && place.typed === '' && !explicit)) return null;
    const options = place.writes === 'key' ? keys(known.schema, place, line.text, words) : values(known.schema, place);
    return options.length === 0 ? null : { from: line.from + place.column, options, validFor: /^[\w./-]*$/ };
  };
}

/** The lines of the document that the cursor is in; another document has nothing to do with it. */
function linesAround({ state, pos }: CompletionContext) {
  const line = state.doc.lineAt(pos);
  let first = line.number;
  while (first > 1 && !/^---(?:\s|$)/.test(state.doc.line(first).text)) first -= 1;
  if (/^---(?:\s|$)/.test(state.doc.line(first).text)) first += 1;
  const lines: string[] = [];
  for (let number = first; number <= state.doc.lines; number += 1) {
    const { text } = state.doc.line(number);
    if (number > line.number && /^---(?:\s|$)/.test(text)) break;
    lines.push(text);
  }
  return { lines, index: line.number - first, line };
}

function keys(schema: KindSchema, { path, siblings, typed, column }: TypingPlace, text: string, words: Messages['editor']): Completion[] {
  const parent = fieldAt(schema, path);
  const indent = text.length - text.trimStart().length;
  return Object.entries(parent?.properties ?? {})
    .filter(([name]) => !siblings.has(name) || name === typed)
    .map(([name, given]) => {
      const field = resolved(schema, given);
      const required = parent?.required?.includes(name) ?? false;
      return {
        label: name,
        type: 'property',
        detail: `${typeName(schema, field)}${required ? `, ${words.required}` : ''}`,
        boost: required ? 2 : name === 'status' ? -2 : 0,
        apply: snippet(keySnippet(schema, name, field, column - indent)),
        info: () => documentationNode(describe(schema, field, { path: [...path, name].join('.'), required }), words),
      };
    });
}

function values(schema: KindSchema, { path }: TypingPlace): Completion[] {
  const field = fieldAt(schema, path);
  return field === undefined ? [] : allowed(field).map((value) => ({ label: value, type: 'enum', ...(String(field.default) === value ? { boost: 1 } : {}) }));
}

function allowed({ enum: listed, types = [], default: standard }: FieldSchema): string[] {
  if (listed !== undefined) return listed.filter((value) => value !== '').map(String);
  if (types.length === 1 && types[0] === 'boolean') return ['true', 'false'];
  return standard === undefined ? [] : [String(standard)];
}

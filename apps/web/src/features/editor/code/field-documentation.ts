import type { FieldSchema, KindSchema } from '@quarterdeck/contract';
import type { Messages } from '../../../messages/language.ts';
import { childField, fieldAt, type Path, pathText, typeName } from '../schema/schema-walk.ts';

export interface FieldDocumentation {
  path: string;
  type: string;
  required: boolean;
  values: readonly string[];
  standard: string | null;
  description: string;
}

/** Null for a field that the schema does not know. */
export function documentationOf(schema: KindSchema, path: Path): FieldDocumentation | null {
  const field = fieldAt(schema, path);
  const name = path.at(-1);
  if (field === undefined || name === undefined) return null;
  const parent = fieldAt(schema, path.slice(0, -1));
  return describe(schema, field, { path: pathText(path), required: typeof name === 'string' && parent?.required?.includes(name) === true });
}

export function describe(schema: KindSchema, field: FieldSchema, { path, required }: { path: string; required: boolean }): FieldDocumentation {
  const item = childField(schema, field, 0);
  return {
    path,
    type: typeName(schema, field),
    required,
    values: (field.enum ?? item?.enum ?? []).map(String),
    standard: field.default === undefined ? null : String(field.default),
    description: field.description ?? '',
  };
}

/** As the editor floats it; made of nodes, because no text becomes markup here. */
export function documentationNode({ path, type, required, values, standard, description }: FieldDocumentation, words: Messages['editor']): HTMLElement {
  const node = document.createElement('div');
  node.className = 'max-w-[32rem] max-h-72 overflow-y-auto whitespace-pre-wrap px-2 py-1.5 font-sans text-sm';
  const facts = [type, ...(required ? [words.required] : []), ...(standard === null ? [] : [words.standard(standard)])].join(' · ');
  node.append(paragraph(path, 'font-mono text-code font-medium break-words'), paragraph(facts, 'text-soft text-xs'));
  if (description !== '') node.append(paragraph(description, 'mt-1'));
  if (values.length > 0) node.append(paragraph(words.oneOf(values.join(', ')), 'mt-1'));
  return node;
}

function paragraph(text: string, className: string): HTMLElement {
  const node = document.createElement('p');
  node.textContent = text;
  node.className = className;
  return node;
}

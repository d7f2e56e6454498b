import type { FieldSchema, KindSchema } from '@quarterdeck/contract';
import { childField } from './schema-walk.ts';

/** How deep what a field requires is written out with it. */
const deepest = 4;

/**
 * What a key is completed to: the key with what its value must have, as a CodeMirror snippet. `${}` are the places to
 * fill in. `column`: how much deeper than the line's indent the key begins.
 */
export function keySnippet(schema: KindSchema, name: string, field: FieldSchema, column: number): string {
  return entry(schema, name, field, ' '.repeat(column), deepest).join('\n');
}

function entry(schema: KindSchema, name: string, field: FieldSchema, indent: string, depth: number): string[] {
  const { types = [] } = field;
  if (field.items !== undefined) {
    const item = childField(schema, field, 0);
    const lines = item === undefined ? [] : requiredOf(schema, item, `${indent}    `, depth - 1);
    const [first = `${indent}    \${}`, ...rest] = lines;
    return [`${name}:`, `${indent}  - ${first.trimStart()}`, ...rest];
  }
  if (types.length === 1 && types[0] === 'object') {
    const lines = requiredOf(schema, field, `${indent}  `, depth - 1);
    return [`${name}:`, ...(lines.length === 0 ? [`${indent}  \${}`] : lines)];
  }
  return [`${name}: \${}`];
}

function requiredOf(schema: KindSchema, field: FieldSchema, indent: string, depth: number): string[] {
  if (depth < 0) return [`${indent}\${}`];
  return (field.required ?? []).flatMap((name) => {
    const child = childField(schema, field, name);
    if (child === undefined) return [];
    const [first = '', ...rest] = entry(schema, name, child, indent, depth);
    return [`${indent}${first}`, ...rest];
  });
}

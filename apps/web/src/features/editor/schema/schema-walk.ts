import type { FieldSchema, KindSchema } from '@quarterdeck/contract';

export type Path = readonly (string | number)[];

/** The field with what its definition says; what stands at the field itself wins. */
export function resolved(schema: KindSchema, field: FieldSchema): FieldSchema {
  if (field.ref === undefined) return field;
  const { ref, ...own } = field;
  const definition = schema.definitions[ref];
  return definition === undefined ? own : { ...resolved(schema, definition), ...own };
}

export function rootField(schema: KindSchema): FieldSchema {
  return resolved(schema, { ref: schema.root });
}

/** Undefined for what the schema does not know. */
export function childField(schema: KindSchema, field: FieldSchema, segment: string | number): FieldSchema | undefined {
  const child = typeof segment === 'number' ? field.items : (field.properties?.[segment] ?? field.values);
  return child === undefined ? undefined : resolved(schema, child);
}

export function fieldAt(schema: KindSchema, path: Path): FieldSchema | undefined {
  let field: FieldSchema | undefined = rootField(schema);
  for (const segment of path) {
    if (field === undefined) return undefined;
    field = childField(schema, field, segment);
  }
  return field;
}

/** As kubectl explain writes it: `string`, `[]Container`, `map[string]string`. */
export function typeName(schema: KindSchema, field: FieldSchema): string {
  if (field.items !== undefined) return `[]${named(schema, field.items)}`;
  if (field.values !== undefined) return `map[string]${named(schema, field.values)}`;
  return field.types?.join(' or ') ?? 'any';
}

function named(schema: KindSchema, field: FieldSchema): string {
  const name = field.ref?.slice(field.ref.lastIndexOf('.') + 1);
  return name ?? typeName(schema, resolved(schema, field));
}

/** `spec.containers[0].image`. */
export function pathText(path: Path): string {
  return path.map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : index === 0 ? segment : `.${segment}`)).join('');
}

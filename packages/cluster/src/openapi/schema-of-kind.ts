import { type FieldSchema, type KindSchema, type ResourceKind, type ValueType, valueTypes } from '@quarterdeck/contract';
import { type OpenApiSchema, referenceOf, rootOf } from './openapi-documents.ts';

const rootName = 'root';

/**
 * What somebody who writes an object of the kind wants to know of its fields: the definitions that it reaches, without
 * those of other kinds in the same document. Throws NOT_FOUND for a kind that the document does not have.
 */
export function schemaOfKind(schemas: Record<string, OpenApiSchema>, kind: Pick<ResourceKind, 'apiVersion' | 'kind' | 'namespaced'>): KindSchema {
  const definitions: Record<string, FieldSchema> = { [rootName]: fieldOf(rootOf(schemas, kind)) };
  const waiting = [rootName];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const reference of references(definitions[name])) {
      const found = reference in definitions ? undefined : schemas[reference];
      if (found === undefined) continue;
      definitions[reference] = fieldOf(found);
      waiting.push(reference);
    }
  }
  const { apiVersion, kind: name, namespaced } = kind;
  return { apiVersion, kind: name, namespaced, root: rootName, definitions };
}

function fieldOf(schema: OpenApiSchema): FieldSchema {
  const types = typesOf(schema);
  return withoutNothing({
    ref: referenceOf(schema) ?? undefined,
    description: schema.description,
    types: types.length === 0 ? undefined : types,
    format: schema.format,
    enum: schema.enum?.filter(isScalar),
    // An empty object as a default only says that a field may be left out.
    default: isScalar(schema.default) && schema.default !== '' ? schema.default : undefined,
    required: schema.required,
    properties: schema.properties && mapValues(schema.properties, fieldOf),
    items: schema.items && fieldOf(schema.items),
    values: typeof schema.additionalProperties === 'object' ? fieldOf(schema.additionalProperties) : undefined,
    listKeys: schema['x-kubernetes-list-type'] === 'map' ? schema['x-kubernetes-list-map-keys'] : undefined,
    atomic: schema['x-kubernetes-map-type'] === 'atomic' ? true : undefined,
    set: schema['x-kubernetes-list-type'] === 'set' ? true : undefined,
    open: schema['x-kubernetes-preserve-unknown-fields'],
  });
}

/** A port or a quantity is a text or a number: its schema says so in one of three ways. */
function typesOf(schema: OpenApiSchema): ValueType[] {
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return ['integer', 'string'];
  const given = schema.type === undefined ? (schema.oneOf ?? []).map(({ type }) => type) : [schema.type];
  return valueTypes.filter((type) => given.includes(type));
}

function* references({ ref, properties = {}, items, values }: FieldSchema = {}): Generator<string> {
  if (ref !== undefined) yield ref;
  for (const inner of [...Object.values(properties), items, values]) if (inner !== undefined) yield* references(inner);
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function mapValues<In, Out>(record: Readonly<Record<string, In>>, map: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** What is not said does not travel. */
function withoutNothing(field: FieldSchema): FieldSchema {
  for (const [key, value] of Object.entries(field)) if (value === undefined || value === null) Reflect.deleteProperty(field, key);
  return field;
}

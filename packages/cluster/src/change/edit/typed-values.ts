import { canonicalJson, type FieldSchema, type KindSchema } from '@quarterdeck/contract';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function same(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

export function rootOf(schema: KindSchema): FieldSchema | undefined {
  return resolved(schema, { ref: schema.root });
}

/** Undefined for what no schema says anything of. */
export function childOf(schema: KindSchema | null, field: FieldSchema | undefined, segment: string | number): FieldSchema | undefined {
  if (schema === null || field === undefined) return undefined;
  const child = typeof segment === 'number' ? field.items : (field.properties?.[segment] ?? field.values);
  return child === undefined ? undefined : resolved(schema, child);
}

function resolved(schema: KindSchema, field: FieldSchema): FieldSchema {
  if (field.ref === undefined) return field;
  const { ref, ...own } = field;
  return { ...schema.definitions[ref], ...own };
}

/** How managed fields name an item of a list: `{"containerPort":80,"protocol":"TCP"}`. A key that is not set has its default. */
export function itemKey(item: unknown, keys: readonly string[], schema: FieldSchema | undefined): string {
  if (!isRecord(item)) return JSON.stringify(item);
  return canonicalJson(Object.fromEntries(keys.map((key) => [key, item[key] ?? schema?.properties?.[key]?.default ?? null])));
}

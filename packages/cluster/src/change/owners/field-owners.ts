import * as z from 'zod';

const entrySchema = z.object({
  manager: z.string().default('unknown'),
  operation: z.string().optional(),
  subresource: z.string().optional(),
  time: z.string().optional(),
  fieldsV1: z.record(z.string(), z.unknown()).optional(),
});

/** One entry of `metadata.managedFields`, its tree of fields as paths. */
export interface FieldOwner {
  manager: string;
  /** `Apply` or `Update`. */
  operation: string;
  subresource: string | null;
  /** ISO 8601. */
  since: string | null;
  /** As the API server writes them in conflicts: `.spec.containers[name="web"].image`. */
  fields: string[];
}

/** Who wrote which fields of an object as the API server sent it. */
export function fieldOwners(managedFields: unknown): FieldOwner[] {
  const entries = z.array(entrySchema).safeParse(managedFields);
  if (!entries.success) return [];
  return entries.data.map(({ manager, operation = 'Update', subresource, time, fieldsV1 = {} }) => ({
    manager,
    operation,
    subresource: subresource ?? null,
    since: time ?? null,
    fields: [...leaves(fieldsV1, '')],
  }));
}

/**
 * The leaves of a fieldsV1 tree: `f:NAME` is a field, `k:{…}` an item by its keys, `v:…` an item by its value, `i:N` by
 * its place, `.` the thing itself. Source: structured-merge-diff, fieldpath/serialize-pe.go.
 */
function* leaves(tree: object, path: string): Generator<string> {
  for (const [key, below] of Object.entries(tree)) {
    if (key === '.') continue;
    const here = `${path}${pathElement(key)}`;
    const children = typeof below === 'object' && below !== null ? Object.keys(below).filter((child) => child !== '.') : [];
    if (children.length === 0) yield here;
    else yield* leaves(below, here);
  }
}

function pathElement(key: string): string {
  const [kind, rest] = [key.slice(0, 2), key.slice(2)];
  if (kind === 'f:') return `.${rest}`;
  if (kind === 'v:') return `[=${rest}]`;
  if (kind === 'k:') return `[${keyFields(rest)}]`;
  return `[${rest}]`;
}

function keyFields(json: string): string {
  const fields = z.record(z.string(), z.unknown()).safeParse(parsed(json));
  if (!fields.success) return json;
  return Object.entries(fields.data)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null; // Kept as it is written: it only names a place.
  }
}

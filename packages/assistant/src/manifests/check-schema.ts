import type { OpenApiSchema } from '@quarterdeck/cluster';
import { groupOf } from '@quarterdeck/contract';
import { nearestNames } from '@quarterdeck/diagnosis';
import { objectLabel, type Problem } from './problem.ts';
import type { MadeObject } from './wanted.ts';

type Schemas = Readonly<Record<string, OpenApiSchema>>;

interface Place {
  schemas: Schemas;
  path: string;
  report(path: string, code: string, message: string): void;
}

/** What of an object the cluster's own schema does not know or want: unknown and missing fields, types, values. */
export function checkSchema(object: MadeObject, schemas: Schemas): Problem[] {
  const root = rootOf(object, schemas);
  const problems: Problem[] = [];
  const base = { source: 'schema', advice: false, object: objectLabel(object) } as const;
  if (root === undefined)
    return [{ ...base, code: 'unknown-kind', path: null, message: `The cluster publishes no schema of ${object.kind} in ${object.apiVersion}.` }];
  check(object, root, { schemas, path: '', report: (path, code, message) => void problems.push({ ...base, code, path, message }) });
  return problems;
}

function rootOf({ apiVersion, kind }: MadeObject, schemas: Schemas): OpenApiSchema | undefined {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  return Object.values(schemas).find((schema) =>
    schema['x-kubernetes-group-version-kind']?.some((each) => each.kind === kind && each.group === groupOf(apiVersion) && each.version === version),
  );
}

const prefix = '#/components/schemas/';

function resolved(schema: OpenApiSchema, schemas: Schemas): OpenApiSchema {
  const reference = schema.$ref ?? schema.allOf?.find(({ $ref }) => $ref !== undefined)?.$ref;
  return reference === undefined ? schema : (schemas[reference.slice(prefix.length)] ?? schema);
}

function check(value: unknown, given: OpenApiSchema, place: Place): void {
  const schema = resolved(given, place.schemas);
  if (Array.isArray(value)) checkItems(value, schema, place);
  else if (typeof value === 'object' && value !== null) checkFields(value, schema, place);
  else checkScalar(value, schema, place);
}

function checkScalar(value: unknown, schema: OpenApiSchema, place: Place): void {
  // A quantity or a port is a string or a number: its schema names a format or several types, and the server judges it.
  if (schema.enum !== undefined && !schema.enum.includes(value))
    place.report(place.path, 'not-allowed', `${String(value)} is not one of ${schema.enum.join(', ')}.`);
  const wanted = schema.type;
  const fits = wanted === undefined || wanted === typeof value || (wanted === 'integer' && Number.isInteger(value)) || schema.format === 'int-or-string';
  if (!fits) place.report(place.path, 'wrong-type', `is ${typeof value} and must be ${wanted}.`);
}

function checkItems(values: readonly unknown[], schema: OpenApiSchema, place: Place): void {
  if (schema.type !== undefined && schema.type !== 'array') place.report(place.path, 'wrong-type', `is a list and must be ${schema.type}.`);
  const { items } = schema;
  if (items !== undefined) for (const [index, value] of values.entries()) check(value, items, { ...place, path: `${place.path}[${index}]` });
}

function checkFields(value: object, schema: OpenApiSchema, place: Place): void {
  if (schema.type !== undefined && schema.type !== 'object') {
    place.report(place.path, 'wrong-type', `is an object and must be ${schema.type}.`);
    return;
  }
  const fields = schema.properties;
  for (const name of schema.required ?? []) {
    if (!(name in value)) place.report(join(place.path, name), 'missing', 'is required and missing.');
  }
  for (const [name, inner] of Object.entries(value)) {
    const path = join(place.path, name);
    const known = fields?.[name] ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
    if (known !== undefined) check(inner, known, { ...place, path });
    else if (fields !== undefined) place.report(path, 'unknown-field', `is no field of the kind.${hint(name, Object.keys(fields))}`);
  }
}

function hint(name: string, fields: readonly string[]): string {
  const [near] = nearestNames(name, fields);
  return near === undefined ? '' : ` Is ${near} meant?`;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

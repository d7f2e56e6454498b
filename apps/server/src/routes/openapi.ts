import { type ErrorCode, errorBodySchema, pageKeyHeader, type RouteDescriptor, routes } from '@quarterdeck/contract';
import * as z from 'zod';
import { byStatus, errorsOf } from './openapi-errors.ts';
import { exampleOf } from './openapi-examples.ts';

type Json = Record<string, unknown>;

/** The contract's routes as an OpenAPI 3.1 document: each with its permission, every error that it can answer with, and an example. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  const schemas: Json = { Error: schemaOf(errorBodySchema, 'output') };
  const all = Object.values<RouteDescriptor>(routes);
  for (const route of all) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: withSharedSchemas(operation(route), route.id, schemas) };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Quarterdeck', version, description: 'What is broken in a Kubernetes cluster, why, and a fix that can be read.' },
    paths,
    components: {
      schemas,
      responses: Object.fromEntries(all.flatMap((route) => [...byStatus(errorsOf(route)).values()].map((codes) => [codes.join('_'), errorAnswer(codes)]))),
      securitySchemes,
    },
  };
}

function operation(route: RouteDescriptor): Json {
  const input = schemaOf(route.input, 'input');
  const fields = fieldsOf(input);
  const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
  const inBody = route.method !== 'GET' && route.method !== 'DELETE' && route.upload === undefined;
  const parameters = fields.filter(({ name }) => inPath.has(name) || !inBody).map((field) => parameter(field, inPath.has(field.name), exampleOf(route.id)));
  const body = fields.filter(({ name }) => inBody && !inPath.has(name));
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'health'],
    security: route.permission === 'public' ? [] : [{ token: [] }, { session: [], pageKey: [] }],
    'x-permission': route.permission,
    'x-effect': route.effect,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.upload === undefined ? {} : { requestBody: { required: true, content: { 'application/octet-stream': {} } } }),
    ...(body.length === 0 ? {} : { requestBody: requestBody(body, exampleOf(route.id)) }),
    responses: {
      ...answer(route),
      ...Object.fromEntries([...byStatus(errorsOf(route))].map(([status, codes]) => [status, { $ref: `#/components/responses/${codes.join('_')}` }])),
    },
  };
}

function answer(route: RouteDescriptor): Json {
  if (route.redirects) return { 303: { description: 'Where the browser goes on.', headers: { location: { schema: { type: 'string' } } } } };
  return { 200: { description: 'The answer.', content: route.streams === undefined ? json(schemaOf(route.output, 'output')) : { [route.streams]: {} } } };
}

const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of the address that a workbench of one person prints when it starts; in a team, what a login gave, or a personal access token.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'quarterdeck_PORT',
    description: 'What a browser gets: over plain HTTP `quarterdeck_` and the port, over TLS `__Host-quarterdeck`.',
  },
  pageKey: {
    type: 'apiKey',
    in: 'header',
    name: pageKeyHeader,
    description: 'The key that came with the cookie. Over plain HTTP the cookie says nothing without it.',
  },
};

/** One answer for codes that share a status. */
function errorAnswer(codes: readonly ErrorCode[]): Json {
  const retry = codes.includes('RATE_LIMITED') ? { 'Retry-After': { required: true, description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } } : {};
  const id = { 'X-Request-Id': { required: true, description: 'What the log of the workbench calls this call.', schema: { type: 'string' } } };
  return {
    description: codes.join(', '),
    headers: { ...id, ...retry },
    content: json({ allOf: [{ $ref: '#/components/schemas/Error' }, { type: 'object', properties: { code: { enum: codes } } }] }),
  };
}

interface Field {
  name: string;
  schema: unknown;
  required: boolean;
}

const objectSchema = z.object({ properties: z.record(z.string(), z.unknown()).default({}), required: z.array(z.string()).default([]) });

function fieldsOf(schema: Json): Field[] {
  const { properties, required } = objectSchema.parse(schema);
  return Object.entries(properties).map(([name, property]) => ({ name, schema: property, required: required.includes(name) }));
}

function parameter({ name, schema, required }: Field, inPath: boolean, example: Json): Json {
  const shown = Object.hasOwn(example, name) ? { example: example[name] } : {};
  return { name, in: inPath ? 'path' : 'query', required: inPath || required, schema, ...shown };
}

function requestBody(fields: Field[], whole: Json): Json {
  const example = Object.fromEntries(fields.filter(({ name }) => Object.hasOwn(whole, name)).map(({ name }) => [name, whole[name]]));
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const properties = Object.fromEntries(fields.map(({ name, schema }) => [name, schema]));
  return {
    required: required.length > 0,
    content: { 'application/json': { schema: { type: 'object', properties, ...(required.length === 0 ? {} : { required }) }, example } },
  };
}

function json(schema: unknown): Json {
  return { 'application/json': { schema } };
}

/** Moves what a schema defines for itself, since it refers to itself, to where the whole document finds it. */
function withSharedSchemas(operation: Json, route: string, schemas: Json): Json {
  const names = new Map<string, string>();
  const moved: unknown = JSON.parse(JSON.stringify(operation), (key, value) => {
    if (key !== '$defs') return value;
    for (const [name, schema] of Object.entries(z.record(z.string(), z.unknown()).parse(value))) {
      names.set(`#/$defs/${name}`, `${route}_${name.replace(/^_+/, '')}`);
      schemas[`${route}_${name.replace(/^_+/, '')}`] = schema;
    }
    return undefined;
  });
  if (names.size === 0) return operation;
  const renamed = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (key, ref) => (key === '$ref' && names.has(ref) ? `#/components/schemas/${names.get(ref)}` : ref));
  for (const name of names.values()) schemas[name] = renamed(schemas[name]);
  return z.record(z.string(), z.unknown()).parse(renamed(moved));
}

/** OpenAPI 3.1 schemas are JSON Schema 2020-12; the dialect need not be said in each of them. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => sayMore(zodSchema, jsonSchema),
  });
  return rest;
}

/** What zod's own translation leaves out, or says in a way that few tools read. */
function sayMore(schema: z.core.$ZodTypes, json: z.core.JSONSchema.BaseSchema): void {
  const { def } = schema._zod;
  if (def.type === 'string' && def.checks?.some(({ _zod }) => _zod.def.check === 'overwrite') && json.minLength !== undefined) json.pattern ??= '[^\\s\\ufeff]';
  if (def.type === 'tuple' && json.prefixItems !== undefined) {
    Object.assign(json, { items: { anyOf: json.prefixItems }, minItems: json.prefixItems.length, maxItems: json.prefixItems.length });
    delete json.prefixItems;
  }
}

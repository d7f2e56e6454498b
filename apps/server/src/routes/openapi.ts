import { errorBodySchema, type RouteDescriptor, routes } from '@quarterdeck/contract';
import * as z from 'zod';

type Json = Record<string, unknown>;

/** The contract's routes as an OpenAPI 3.1 document. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of Object.values<RouteDescriptor>(routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Quarterdeck', version, description: 'What is broken in a Kubernetes cluster, why, and a fix that can be read.' },
    paths,
    components: {
      schemas: { Error: schemaOf(errorBodySchema, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token of the address that the workbench prints when it starts.' },
      },
    },
  };
}

function operation(route: RouteDescriptor): Json {
  const input = schemaOf(route.input, 'input');
  const fields = fieldsOf(input);
  const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
  const inBody = route.method !== 'GET' && route.method !== 'DELETE' && route.upload === undefined;
  const parameters = fields.filter(({ name }) => inPath.has(name) || !inBody).map((field) => parameter(field, inPath.has(field.name)));
  const body = fields.filter(({ name }) => inBody && !inPath.has(name));
  return {
    operationId: route.id,
    summary: route.summary,
    security: route.permission === 'public' ? [] : [{ token: [] }],
    'x-permission': route.permission,
    'x-effect': route.effect,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.upload === undefined ? {} : { requestBody: { required: true, content: { 'application/octet-stream': {} } } }),
    ...(body.length === 0 ? {} : { requestBody: requestBody(body) }),
    responses: {
      200: { description: 'The answer.', content: route.streams === undefined ? json(schemaOf(route.output, 'output')) : { [route.streams]: {} } },
      default: { description: 'What went wrong, and what to do about it.', content: json({ $ref: '#/components/schemas/Error' }) },
    },
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

function parameter({ name, schema, required }: Field, inPath: boolean): Json {
  return { name, in: inPath ? 'path' : 'query', required: inPath || required, schema };
}

function requestBody(fields: Field[]): Json {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const properties = Object.fromEntries(fields.map(({ name, schema }) => [name, schema]));
  return { required: required.length > 0, content: json({ type: 'object', properties, ...(required.length === 0 ? {} : { required }) }) };
}

function json(schema: unknown): Json {
  return { 'application/json': { schema } };
}

/** OpenAPI 3.1 schemas are JSON Schema 2020-12; the dialect need not be said in each of them. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

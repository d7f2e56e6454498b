import { AppError, groupOf, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';

/** What we read of a schema of OpenAPI 3; everything else is kept as it is. */
export interface OpenApiSchema {
  $ref?: string | undefined;
  description?: string | undefined;
  type?: string | undefined;
  format?: string | undefined;
  enum?: unknown[] | undefined;
  default?: unknown;
  required?: string[] | undefined;
  allOf?: OpenApiSchema[] | undefined;
  items?: OpenApiSchema | undefined;
  properties?: Record<string, OpenApiSchema> | undefined;
  additionalProperties?: OpenApiSchema | boolean | undefined;
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[] | undefined;
}

const schemaSchema: z.ZodType<OpenApiSchema> = z.looseObject({
  $ref: z.string().optional(),
  description: z.string().optional(),
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  get allOf() {
    return z.array(schemaSchema).optional();
  },
  get items() {
    return schemaSchema.optional();
  },
  get properties() {
    return z.record(z.string(), schemaSchema).optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), schemaSchema]).optional();
  },
  'x-kubernetes-group-version-kind': z.array(z.object({ group: z.string(), version: z.string(), kind: z.string() })).optional(),
});
const documentSchema = z.object({ components: z.object({ schemas: z.record(z.string(), schemaSchema) }) });

export interface FieldExplanation {
  /** `Deployment.spec.strategy`. */
  path: string;
  /** As kubectl explain writes it: `<string>`, `<[]Container>`, `<map[string]string>`. */
  type: string;
  description: string;
  required: boolean;
  values: string[];
  fields: { name: string; type: string; required: boolean; description: string }[];
}

const prefix = '#/components/schemas/';

/** The schemas that one API server publishes, a document a group and version; read when they are first asked for and kept. */
export class OpenApiDocuments {
  private readonly access: Pick<ClusterAccess, 'api' | 'id'>;
  private readonly documents = new Map<string, Promise<Record<string, OpenApiSchema>>>();

  constructor(access: Pick<ClusterAccess, 'api' | 'id'>) {
    this.access = access;
  }

  /** The schemas of a group and version, by name. Throws READ_ONLY for a recording, NOT_FOUND where the server publishes none. */
  schemas(apiVersion: string, signal: AbortSignal): Promise<Record<string, OpenApiSchema>> {
    const known = this.documents.get(apiVersion);
    if (known !== undefined) return known;
    const reading = this.read(apiVersion, signal);
    this.documents.set(apiVersion, reading);
    reading.catch(() => this.documents.delete(apiVersion));
    return reading;
  }

  /** What a field means; no path: the kind itself. Throws NOT_FOUND with the fields that there are. */
  async explain(kind: Pick<ResourceKind, 'apiVersion' | 'kind'>, path: readonly string[], signal: AbortSignal): Promise<FieldExplanation> {
    const schemas = await this.schemas(kind.apiVersion, signal);
    let place = { schema: rootOf(schemas, kind), required: false, path: kind.kind };
    for (const name of path) place = step(schemas, place, name);
    const schema = resolved(schemas, place.schema);
    const inner = fieldsOf(schemas, schema);
    return {
      path: place.path,
      type: typeOf(place.schema),
      description: place.schema.description ?? schema.description ?? '',
      required: place.required,
      values: (schema.enum ?? []).map(String),
      fields: Object.entries(inner.properties ?? {}).map(([name, field]) => ({
        name,
        type: typeOf(field),
        required: inner.required?.includes(name) ?? false,
        description: field.description ?? '',
      })),
    };
  }

  private async read(apiVersion: string, signal: AbortSignal): Promise<Record<string, OpenApiSchema>> {
    const root = groupOf(apiVersion) === '' ? 'api' : 'apis';
    const path = `/openapi/v3/${root}/${apiVersion.split('/').map(encodeURIComponent).join('/')}`;
    const answer = await apiOf(this.access).json({ path, subject: { verb: 'get', resource: path, namespace: null }, signal });
    const parsed = documentSchema.safeParse(answer);
    if (parsed.success) return parsed.data.components.schemas;
    throw new AppError('CLUSTER_ERROR', `The OpenAPI document of ${apiVersion} is not of the known form.`, { cause: parsed.error });
  }
}

interface Place {
  schema: OpenApiSchema;
  required: boolean;
  path: string;
}

function step(schemas: Record<string, OpenApiSchema>, place: Place, name: string): Place {
  const within = fieldsOf(schemas, resolved(schemas, place.schema));
  const field = within.properties?.[name];
  if (field !== undefined) return { schema: field, required: within.required?.includes(name) ?? false, path: `${place.path}.${name}` };
  const near = Object.keys(within.properties ?? {});
  throw new AppError('NOT_FOUND', `${place.path} has no field "${name}".`, {
    hint: near.length === 0 ? 'It has no fields of its own.' : `Fields: ${near.join(', ')}.`,
    details: { fields: near },
  });
}

function rootOf(schemas: Record<string, OpenApiSchema>, { apiVersion, kind }: Pick<ResourceKind, 'apiVersion' | 'kind'>): OpenApiSchema {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const found = Object.values(schemas).find((schema) =>
    schema['x-kubernetes-group-version-kind']?.some((each) => each.kind === kind && each.group === groupOf(apiVersion) && each.version === version),
  );
  if (found !== undefined) return found;
  throw new AppError('NOT_FOUND', `The cluster publishes no schema of ${kind} in ${apiVersion}.`, {
    hint: 'kubectl api-resources lists the kinds of this cluster.',
  });
}

/** Kubernetes wraps references with a description or a default: `{description, allOf: [{$ref}]}`. */
function resolved(schemas: Record<string, OpenApiSchema>, schema: OpenApiSchema): OpenApiSchema {
  const name = referenceOf(schema);
  return name === null ? schema : (schemas[name] ?? schema);
}

function referenceOf(schema: OpenApiSchema): string | null {
  const reference = schema.$ref ?? schema.allOf?.find(({ $ref }) => $ref !== undefined)?.$ref;
  return reference?.startsWith(prefix) === true ? reference.slice(prefix.length) : null;
}

/** The schema that has the fields: of a list its items', of a map its values'. */
function fieldsOf(schemas: Record<string, OpenApiSchema>, schema: OpenApiSchema): OpenApiSchema {
  if (schema.items !== undefined) return fieldsOf(schemas, resolved(schemas, schema.items));
  const values = schema.additionalProperties;
  if (schema.properties === undefined && typeof values === 'object') return fieldsOf(schemas, resolved(schemas, values));
  return schema;
}

function typeOf(schema: OpenApiSchema): string {
  return `<${bareType(schema)}>`;
}

function bareType(schema: OpenApiSchema): string {
  const reference = referenceOf(schema);
  if (reference !== null) return reference.slice(reference.lastIndexOf('.') + 1);
  if (schema.items !== undefined) return `[]${bareType(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return `map[string]${bareType(schema.additionalProperties)}`;
  return schema.type ?? 'Object';
}

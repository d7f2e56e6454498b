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
  oneOf?: OpenApiSchema[] | undefined;
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[] | undefined;
  'x-kubernetes-list-type'?: string | undefined;
  'x-kubernetes-map-type'?: string | undefined;
  'x-kubernetes-list-map-keys'?: string[] | undefined;
  'x-kubernetes-preserve-unknown-fields'?: boolean | undefined;
  'x-kubernetes-int-or-string'?: boolean | undefined;
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
  get oneOf() {
    return z.array(schemaSchema).optional();
  },
  'x-kubernetes-group-version-kind': z.array(z.object({ group: z.string(), version: z.string(), kind: z.string() })).optional(),
  'x-kubernetes-list-type': z.string().optional(),
  'x-kubernetes-map-type': z.string().optional(),
  'x-kubernetes-list-map-keys': z.array(z.string()).optional(),
  'x-kubernetes-preserve-unknown-fields': z.boolean().optional(),
  'x-kubernetes-int-or-string': z.boolean().optional(),
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
  /** What is said of its type besides; empty where that is all there is. */
  ofType: string;
  fields: { name: string; type: string; required: boolean; description: string; values: string[] }[];
}

const indexSchema = z.object({ paths: z.record(z.string(), z.object({ serverRelativeURL: z.string() })) });

const prefix = '#/components/schemas/';

type Schemas = Record<string, OpenApiSchema>;

/**
 * Documents by their address, which names the hash of their content: whoever is told of the hash by the API server may
 * read the document, and two clusters of one version share it.
 */
export class KeptOpenApi {
  private readonly documents = new Map<string, Promise<Schemas>>();
  private readonly most: number;

  /** A document of a big group is some megabytes as objects. */
  constructor(most = 48) {
    this.most = most;
  }

  get(address: string, read: () => Promise<Schemas>): Promise<Schemas> {
    const known = this.documents.get(address) ?? read();
    this.documents.delete(address);
    this.documents.set(address, known);
    known.catch(() => this.documents.delete(address));
    for (const oldest of this.documents.keys()) {
      if (this.documents.size <= this.most) break;
      this.documents.delete(oldest);
    }
    return known;
  }
}

/** The schemas that one API server publishes, a document a group and version; read when they are first asked for and kept. */
export class OpenApiDocuments {
  private readonly access: Pick<ClusterAccess, 'api' | 'id'>;
  private readonly kept: KeptOpenApi | null;
  private readonly documents = new Map<string, Promise<Schemas>>();

  /** With `kept`, documents outlive this reader for as long as the API server names the same hash. */
  constructor(access: Pick<ClusterAccess, 'api' | 'id'>, kept: KeptOpenApi | null = null) {
    this.access = access;
    this.kept = kept;
  }

  /** The schemas of a group and version, by name. Throws READ_ONLY for a recording, NOT_FOUND where the server publishes none. */
  schemas(apiVersion: string, signal: AbortSignal): Promise<Schemas> {
    const known = this.documents.get(apiVersion);
    if (known !== undefined) return known;
    const reading = this.kept === null ? this.read(pathOf(apiVersion), signal) : this.readKept(this.kept, apiVersion, signal);
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
      type: typeOf(schemas, place.schema),
      description: place.schema.description ?? schema.description ?? '',
      ofType: place.schema.description === undefined || place.schema.description === schema.description ? '' : (schema.description ?? ''),
      required: place.required,
      values: (schema.enum ?? []).map(String),
      fields: Object.entries(inner.properties ?? {}).map(([name, field]) => ({
        name,
        type: typeOf(schemas, field),
        required: inner.required?.includes(name) ?? false,
        description: field.description ?? '',
        values: (resolved(schemas, field).enum ?? []).map(String),
      })),
    };
  }

  private async readKept(kept: KeptOpenApi, apiVersion: string, signal: AbortSignal): Promise<Schemas> {
    const index = indexSchema.safeParse(await this.ask('/openapi/v3', signal));
    const address = index.data?.paths[pathOf(apiVersion).slice('/openapi/v3/'.length)]?.serverRelativeURL;
    // Without a hash there is nothing that would say when a kept document is old.
    if (address === undefined || !address.includes('hash=')) return this.read(pathOf(apiVersion), signal);
    return kept.get(address, () => this.read(pathOf(apiVersion), signal));
  }

  private async read(path: string, signal: AbortSignal): Promise<Schemas> {
    const parsed = documentSchema.safeParse(await this.ask(path, signal));
    if (parsed.success) return parsed.data.components.schemas;
    throw new AppError('CLUSTER_ERROR', `The OpenAPI document ${path} is not of the known form.`, { cause: parsed.error });
  }

  private ask(path: string, signal: AbortSignal): Promise<unknown> {
    return apiOf(this.access).json({ path, subject: { verb: 'get', resource: path, namespace: null }, signal });
  }
}

function pathOf(apiVersion: string): string {
  const root = groupOf(apiVersion) === '' ? 'api' : 'apis';
  return `/openapi/v3/${root}/${apiVersion.split('/').map(encodeURIComponent).join('/')}`;
}

interface Place {
  schema: OpenApiSchema;
  required: boolean;
  path: string;
}

function step(schemas: Schemas, place: Place, name: string): Place {
  const within = fieldsOf(schemas, resolved(schemas, place.schema));
  const field = within.properties?.[name];
  if (field !== undefined) return { schema: field, required: within.required?.includes(name) ?? false, path: `${place.path}.${name}` };
  const near = Object.keys(within.properties ?? {});
  throw new AppError('NOT_FOUND', `${place.path} has no field "${name}".`, {
    hint: near.length === 0 ? 'It has no fields of its own.' : `Fields: ${near.join(', ')}.`,
    details: { fields: near },
  });
}

/** Throws NOT_FOUND for a kind that has none. */
export function rootOf(schemas: Schemas, { apiVersion, kind }: Pick<ResourceKind, 'apiVersion' | 'kind'>): OpenApiSchema {
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
function resolved(schemas: Schemas, schema: OpenApiSchema): OpenApiSchema {
  const name = referenceOf(schema);
  return name === null ? schema : (schemas[name] ?? schema);
}

export function referenceOf(schema: OpenApiSchema): string | null {
  const reference = schema.$ref ?? schema.allOf?.find(({ $ref }) => $ref !== undefined)?.$ref;
  return reference?.startsWith(prefix) === true ? reference.slice(prefix.length) : null;
}

/** The schema that has the fields: of a list its items', of a map its values'. */
function fieldsOf(schemas: Schemas, schema: OpenApiSchema): OpenApiSchema {
  if (schema.items !== undefined) return fieldsOf(schemas, resolved(schemas, schema.items));
  const values = schema.additionalProperties;
  if (schema.properties === undefined && typeof values === 'object') return fieldsOf(schemas, resolved(schemas, values));
  return schema;
}

function typeOf(schemas: Schemas, schema: OpenApiSchema): string {
  return `<${bareType(schemas, schema)}>`;
}

function bareType(schemas: Schemas, schema: OpenApiSchema): string {
  const reference = referenceOf(schema);
  // A time is written as a text, whatever its schema is called.
  if (reference !== null) return schemas[reference]?.type === 'string' ? 'string' : reference.slice(reference.lastIndexOf('.') + 1);
  if (schema.items !== undefined) return `[]${bareType(schemas, schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return `map[string]${bareType(schemas, schema.additionalProperties)}`;
  return schema.type ?? 'Object';
}

import { groupOf, isKind, type KindTypes, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import type { ListOptions } from './cluster-access.ts';
import { ingestObject } from './ingest.ts';
import { TableReader, tableAccept } from './printed-object.ts';
import { SecretTableReader } from './secret-table.ts';

/** In which form a list or watch asks for objects, and how it reads them. One serves one stream. */
export interface Representation {
  readonly query: Readonly<Record<string, string>>;
  readonly headers: { accept?: string };
  /** The objects of a table; null where it is none. */
  readTable(raw: unknown): KubeObject[] | null;
}

/** Whole objects; Secrets and what is asked for as printed come as tables, with metadata alone. */
export function representationOf(kind: ResourceKind, options: ListOptions): Representation {
  const reader = isSecretKind(kind) ? new SecretTableReader(kind) : options.printed === true ? new TableReader(kind) : null;
  if (reader === null) return { query: {}, headers: {}, readTable: () => null };
  return { query: { includeObject: 'Metadata' }, headers: { accept: tableAccept }, readTable: (raw) => reader.read(raw) };
}

/** Nothing where it has no name: some aggregated APIs list what can be neither shown nor referred to. */
export function readItem(raw: unknown, kind: ResourceKind): KubeObject[] {
  const object = ingestObject(raw, kind);
  if (object === null) return [];
  return [isKind(object, 'CustomResourceDefinition') ? withoutSchemas(object) : object];
}

/** Schemas are most of a definition, some a megabyte; a list of hundreds is kept in memory, and nobody reads them there. */
function withoutSchemas(definition: KindTypes['CustomResourceDefinition']): KubeObject {
  const versions = definition.spec.versions.map(({ schema: _dropped, ...version }) => version);
  const kept: KindTypes['CustomResourceDefinition'] = { ...definition, spec: { ...definition.spec, versions } };
  return kept;
}

export function selectors(options: ListOptions): Record<string, string> {
  return {
    ...(options.labelSelector ? { labelSelector: options.labelSelector } : {}),
    ...(options.fieldSelector ? { fieldSelector: options.fieldSelector } : {}),
  };
}

function isSecretKind(kind: ResourceKind): boolean {
  return kind.kind === 'Secret' && groupOf(kind.apiVersion) === '';
}

import { type BuiltInKind, builtInKinds, type KubeObject } from '@quarterdeck/contract';

/** An object of a bench: the fields of its kind are written as YAML would have them. */
export interface Made extends KubeObject {
  kind: BuiltInKind;
  [field: string]: unknown;
}

export function made(kind: BuiltInKind, namespace: string | null, name: string, fields: Record<string, unknown>): Made {
  return { apiVersion: builtInKinds[kind].apiVersion, kind, ...fields, metadata: { name, ...(namespace === null ? {} : { namespace }) } };
}

export function apiVersionOf(kind: BuiltInKind): string {
  return builtInKinds[kind].apiVersion;
}

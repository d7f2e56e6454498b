import { type BuiltInKind, builtInKinds, groupOf } from '@quarterdeck/contract';

export function isBuiltInKind(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}

/** Whether objects of a kind have a type here; all others are custom resources, or kinds that are not read. */
export function isTypedKind(apiVersion: string, kind: string): boolean {
  return isBuiltInKind(kind) && groupOf(builtInKinds[kind].apiVersion) === groupOf(apiVersion);
}

/** The same for every version of a kind. */
export function kindKey(apiVersion: string, kind: string): string {
  return `${groupOf(apiVersion)}|${kind}`;
}

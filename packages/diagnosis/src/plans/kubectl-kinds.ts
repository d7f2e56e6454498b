import { type BuiltInKind, builtInKinds, groupOf, pluralOf, shortNames } from '@quarterdeck/contract';

function isBuiltIn(kind: string): kind is BuiltInKind {
  return kind in builtInKinds;
}

const kindsByName = new Map<string, BuiltInKind>();
for (const kind of Object.keys(builtInKinds).filter(isBuiltIn)) {
  for (const name of [kind.toLowerCase(), pluralOf(kind), ...(shortNames[kind] ?? [])]) kindsByName.set(name, kind);
}

/**
 * The built-in kind that kubectl would take a resource type for: `po`, `Deployment`, `deployments.apps`,
 * `deployments.v1.apps`. Undefined for everything else, also for the same name in another group.
 */
export function kindOfType(type: string): BuiltInKind | undefined {
  const [name = '', ...suffix] = type.toLowerCase().split('.');
  const kind = kindsByName.get(name);
  if (kind === undefined || suffix.length === 0) return kind;
  const group = groupOf(builtInKinds[kind].apiVersion);
  const unversioned = /^v\d+((alpha|beta)\d+)?$/.test(suffix[0] ?? '') ? suffix.slice(1) : suffix;
  return unversioned.join('.') === group ? kind : undefined;
}

/** Whether a resource type may be Secrets, whatever is written after its first dot. */
export function mayBeSecret(type: string): boolean {
  return /^secrets?($|\.)/.test(type.toLowerCase());
}

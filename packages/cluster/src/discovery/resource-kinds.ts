import { type BuiltInKind, builtInKinds, groupOf, type ResourceKind } from '@quarterdeck/contract';
import { navigationGroup } from './navigation-group.ts';

/** One resource of one group and version, from either form of discovery. */
export interface DiscoveredResource {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  shortNames: string[];
  verbs: string[];
  /** Names that stand for several kinds at once: `all`. */
  categories: string[];
}

/**
 * The kinds that can be listed, one entry a group and kind. Versions come in the group's order of preference; a
 * built-in kind is read in the version whose types we have, where it is served.
 */
export function resourceKinds(resources: readonly DiscoveredResource[]): ResourceKind[] {
  const kinds = new Map<string, ResourceKind>();
  for (const resource of resources) {
    if (!resource.verbs.includes('list') || resource.plural.includes('/')) continue;
    const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
    const key = `${resource.group}|${resource.kind}|${resource.plural}`;
    if (kinds.has(key) && !isTypedVersion(resource.kind, apiVersion)) continue;
    const { kind, plural, namespaced, shortNames, verbs } = resource;
    kinds.set(key, { apiVersion, kind, plural, namespaced, shortNames, group: navigationGroup(resource.group, kind), verbs });
  }
  return [...kinds.values()];
}

function isTypedVersion(kind: string, apiVersion: string): boolean {
  return isBuiltInKind(kind) && builtInKinds[kind].apiVersion === apiVersion;
}

export function isBuiltInKind(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}

/** The entry for a built-in kind: the same kind and API group; null where the cluster does not serve it. */
export function findBuiltInKind(kinds: readonly ResourceKind[], kind: BuiltInKind): ResourceKind | null {
  const group = groupOf(builtInKinds[kind].apiVersion);
  return kinds.find((candidate) => candidate.kind === kind && groupOf(candidate.apiVersion) === group) ?? null;
}

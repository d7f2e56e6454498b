import { apiOf, type ClusterAccess, type DiscoveredResource, discoverResources } from '@quarterdeck/cluster';
import { alignedColumns } from '../print/aligned-columns.ts';

export interface ApiResourceChoice {
  apiGroup?: string | undefined;
  namespaced?: 'true' | 'false' | undefined;
  verbs?: string | undefined;
  categories?: string | undefined;
  sortBy?: 'name' | 'kind' | undefined;
  noHeaders: boolean;
  output?: string | undefined;
}

/** The resources that are asked for, each in the version that its group prefers. */
export async function apiResourceList(
  access: Pick<ClusterAccess, 'api' | 'id'>,
  choice: ApiResourceChoice,
  signal: AbortSignal,
): Promise<DiscoveredResource[]> {
  const preferred = new Map<string, DiscoveredResource>();
  for (const resource of await discoverResources(apiOf(access), signal)) {
    const key = `${resource.group}/${resource.plural}`;
    if (!resource.plural.includes('/') && resource.verbs.length > 0 && !preferred.has(key)) preferred.set(key, resource);
  }
  const found = [...preferred.values()].filter((resource) => isWanted(resource, choice)).sort(byGroup);
  if (choice.sortBy === undefined) return found;
  const by = choice.sortBy === 'kind' ? 'kind' : 'plural';
  return found.sort((a, b) => (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : 0));
}

function isWanted({ group, namespaced, verbs, categories }: DiscoveredResource, choice: ApiResourceChoice): boolean {
  if (choice.apiGroup !== undefined && group !== choice.apiGroup) return false;
  if (choice.namespaced !== undefined && namespaced !== (choice.namespaced === 'true')) return false;
  return hasAll(verbs, choice.verbs) && hasAll(categories, choice.categories);
}

function hasAll(there: readonly string[], wanted: string | undefined): boolean {
  return wanted === undefined || wanted.split(',').every((one) => there.includes(one));
}

function byGroup(a: DiscoveredResource, b: DiscoveredResource): number {
  return a.group < b.group ? -1 : a.group > b.group ? 1 : a.plural < b.plural ? -1 : 1;
}

export function apiResourceTable(resources: readonly DiscoveredResource[], { noHeaders, output }: ApiResourceChoice): string {
  if (output === 'name') return resources.map(({ group, plural }) => `${plural}${group === '' ? '' : `.${group}`}\n`).join('');
  const wide = output === 'wide';
  const rows = resources.map((resource) => [
    resource.plural,
    resource.shortNames.join(','),
    versionOf(resource),
    String(resource.namespaced),
    resource.kind,
    ...(wide ? [resource.verbs.join(','), resource.categories.join(',')] : []),
  ]);
  const head = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
  return alignedColumns(noHeaders ? rows : [head, ...rows]);
}

export function versionOf({ group, version }: Pick<DiscoveredResource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

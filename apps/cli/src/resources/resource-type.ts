import { apiOf, type ClusterAccess, discoverResources, findKind } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, pluralOf, type ResourceKind, shortNames } from '@quarterdeck/contract';

/** Where a kind is found in the API. */
export type ResourceType = Pick<ResourceKind, 'apiVersion' | 'kind' | 'plural' | 'namespaced'>;

type Served = Pick<ClusterAccess, 'api' | 'id' | 'kinds'>;

/** The kinds of `pods`, `deploy,svc`, `widgets.example.com` or `all`. Throws NOT_FOUND with the nearest names. */
export async function resourceTypes(access: Served, text: string, signal: AbortSignal): Promise<ResourceType[]> {
  const types: ResourceType[] = [];
  for (const name of text.split(',').filter((part) => part !== '')) {
    types.push(...(builtIn(name) ?? (await inCategory(access, name, signal)) ?? [await custom(access, name, signal)]));
  }
  return types;
}

/** What every cluster serves needs no question: that is half the time of a `get`. */
function builtIn(text: string): [ResourceType] | null {
  const name = text.toLowerCase();
  const kind = isBuiltIn(text) ? text : byName.get(name);
  if (kind === undefined) return null;
  const { apiVersion, namespaced } = builtInKinds[kind];
  return [{ apiVersion, kind, plural: pluralOf(kind), namespaced }];
}

const kinds = Object.keys(builtInKinds).filter((name) => isBuiltIn(name));
const byName: ReadonlyMap<string, BuiltInKind> = new Map(
  kinds.flatMap((kind) => [kind.toLowerCase(), pluralOf(kind), ...(shortNames[kind] ?? [])].map((name): [string, BuiltInKind] => [name, kind])),
);

function isBuiltIn(name: string): name is BuiltInKind {
  return Object.hasOwn(builtInKinds, name);
}

/** Null for what is no category. */
async function inCategory(access: Served, text: string, signal: AbortSignal): Promise<ResourceType[] | null> {
  if (!/^[a-z-]+$/.test(text)) return null;
  const resources = await discoverResources(apiOf(access), signal);
  const found = resources.filter(({ categories, verbs, plural }) => categories.includes(text) && verbs.includes('list') && !plural.includes('/'));
  if (found.length === 0) return null;
  const types = new Map<string, ResourceType>();
  for (const { group, version, kind, plural, namespaced } of found) {
    const key = `${group}/${plural}`;
    if (!types.has(key)) types.set(key, { apiVersion: group === '' ? version : `${group}/${version}`, kind, plural, namespaced });
  }
  return [...types.values()];
}

async function custom(access: Served, text: string, signal: AbortSignal): Promise<ResourceType> {
  return findKind(await access.kinds(signal), text);
}

/** `pod`, `deployment.apps`: what stands before a name where objects of several kinds are shown. */
export function qualifiedKind({ apiVersion, kind }: Pick<ResourceType, 'apiVersion' | 'kind'>): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? kind.toLowerCase() : `${kind.toLowerCase()}.${apiVersion.slice(0, slash)}`;
}

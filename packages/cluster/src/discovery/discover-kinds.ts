import { AppError, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Transport } from '../transport/transport.ts';
import { type DiscoveredResource, resourceKinds } from './resource-kinds.ts';

const groupVersions = ['v2', 'v2beta1'].map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`);
/** A server from before aggregated discovery (1.26) picks the last one and answers in the plain form. */
const accept = [...groupVersions, 'application/json'].join(',');

const aggregatedSchema = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z
    .array(
      z.object({
        metadata: z.object({ name: z.string().default('') }).default({ name: '' }),
        versions: z
          .array(
            z.object({
              version: z.string(),
              /** `Stale`: the server behind it does not answer. */
              freshness: z.string().nullish(),
              resources: z
                .array(
                  z.object({
                    resource: z.string(),
                    responseKind: z.object({ kind: z.string() }).nullish(),
                    scope: z.string(),
                    verbs: z.array(z.string()),
                    shortNames: z.array(z.string()).default([]),
                    categories: z.array(z.string()).default([]),
                  }),
                )
                .nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});

const apiVersionsSchema = z.object({ kind: z.literal('APIVersions'), versions: z.array(z.string()) });
const groupVersionSchema = z.object({ groupVersion: z.string(), version: z.string() });
const apiGroupsSchema = z.object({
  kind: z.literal('APIGroupList'),
  groups: z.array(z.object({ name: z.string(), versions: z.array(groupVersionSchema), preferredVersion: groupVersionSchema.nullish() })),
});
const resourceListSchema = z.object({
  resources: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      namespaced: z.boolean(),
      verbs: z.array(z.string()).nullish(),
      shortNames: z.array(z.string()).nullish(),
      categories: z.array(z.string()).nullish(),
    }),
  ),
});

/**
 * What the cluster serves and can list: two requests where the server aggregates discovery, one a group and version
 * where it does not. A group whose own server is down costs that group alone; `tellDead` gets such groups and versions.
 */
export async function discoverKinds(transport: Transport, signal: AbortSignal, tellDead?: (apis: string[]) => void): Promise<ResourceKind[]> {
  return resourceKinds(await discoverResources(transport, signal, tellDead));
}

/** Every resource in every version that is served, those as well that can't be listed; versions in the group's order of preference. */
export async function discoverResources(
  transport: Transport,
  signal: AbortSignal,
  tellDead: (apis: string[]) => void = () => undefined,
): Promise<DiscoveredResource[]> {
  const roots = await Promise.all(['/api', '/apis'].map((path) => fetchDiscovery(transport, path, accept, signal)));
  const dead: string[] = [];
  const resources = await Promise.all(roots.map((root) => readRoot(transport, root, dead, signal)));
  tellDead(dead.sort());
  return resources.flat();
}

function fetchDiscovery(transport: Transport, path: string, mediaTypes: string, signal: AbortSignal): Promise<unknown> {
  return transport.json({ path, accept: mediaTypes, subject: { verb: 'get', resource: path, namespace: null }, signal });
}

async function readRoot(transport: Transport, root: unknown, dead: string[], signal: AbortSignal): Promise<DiscoveredResource[]> {
  const aggregated = aggregatedSchema.safeParse(root);
  if (aggregated.success) return readAggregated(aggregated.data, dead);
  const core = apiVersionsSchema.safeParse(root);
  if (core.success)
    return readPlain(
      transport,
      core.data.versions.map((version) => ({ group: '', version, path: `/api/${version}` })),
      dead,
      signal,
    );
  const groups = apiGroupsSchema.safeParse(root);
  if (groups.success) return readPlain(transport, groups.data.groups.flatMap(versionsOf), dead, signal);
  throw new AppError('CLUSTER_ERROR', 'The server answers, but not as a Kubernetes API server does.', {
    hint: 'Check the server address in the kubeconfig.',
    cause: aggregated.error,
  });
}

function readAggregated(list: z.infer<typeof aggregatedSchema>, dead: string[]): DiscoveredResource[] {
  const versions = (list.items ?? []).flatMap(({ metadata, versions }) => (versions ?? []).map((version) => ({ group: metadata.name, ...version })));
  dead.push(...versions.filter(({ freshness }) => freshness === 'Stale').map(({ group, version }) => `${group}/${version}`));
  return versions.flatMap(({ group, version, resources }) =>
    (resources ?? []).flatMap(({ resource, responseKind, scope, ...names }) => {
      if (!responseKind?.kind) return [];
      return [{ group, version, kind: responseKind.kind, plural: resource, namespaced: scope === 'Namespaced', ...names }];
    }),
  );
}

interface GroupVersion {
  group: string;
  version: string;
  path: string;
}

function versionsOf(group: z.infer<typeof apiGroupsSchema>['groups'][number]): GroupVersion[] {
  const preferred = group.preferredVersion?.version;
  const ordered = [...group.versions].sort((a, b) => Number(b.version === preferred) - Number(a.version === preferred));
  return ordered.map(({ version, groupVersion }) => ({ group: group.name, version, path: `/apis/${groupVersion}` }));
}

async function readPlain(transport: Transport, versions: readonly GroupVersion[], dead: string[], signal: AbortSignal): Promise<DiscoveredResource[]> {
  const lists = await Promise.all(versions.map((version) => readGroupVersion(transport, version, dead, signal)));
  return lists.flat();
}

async function readGroupVersion(
  transport: Transport,
  { group, version, path }: GroupVersion,
  dead: string[],
  signal: AbortSignal,
): Promise<DiscoveredResource[]> {
  try {
    const { resources } = resourceListSchema.parse(await fetchDiscovery(transport, path, 'application/json', signal));
    return resources.map(({ name, kind, namespaced, verbs, shortNames, categories }) => ({
      group,
      version,
      kind,
      plural: name,
      namespaced,
      shortNames: shortNames ?? [],
      verbs: verbs ?? [],
      categories: categories ?? [],
    }));
  } catch (thrown) {
    // An aggregated API whose server is down answers 503 for its own group only; the rest of the cluster is readable.
    if (thrown instanceof AppError && ['CANCELLED', 'CLUSTER_UNREACHABLE', 'CLUSTER_AUTH_FAILED', 'TIMEOUT'].includes(thrown.code)) throw thrown;
    dead.push(group === '' ? version : `${group}/${version}`);
    return [];
  }
}

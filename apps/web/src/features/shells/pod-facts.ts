import { resourceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import * as z from 'zod';
import { useServices } from '../../app/services.ts';

const containers = z.array(z.object({ name: z.string(), image: z.string().default('') })).default([]);
const statuses = z.array(z.object({ name: z.string(), state: z.record(z.string(), z.unknown()).default({}) })).default([]);

const podSchema = z.object({
  metadata: z.object({
    deletionTimestamp: z.string().optional(),
    ownerReferences: z.array(z.object({ kind: z.string(), name: z.string(), controller: z.boolean().default(false) })).default([]),
  }),
  spec: z.object({ nodeName: z.string().optional(), containers, initContainers: containers, ephemeralContainers: containers }),
  status: z
    .object({ phase: z.string().optional(), containerStatuses: statuses, initContainerStatuses: statuses, ephemeralContainerStatuses: statuses })
    .prefault({}),
});

export interface ContainerFacts {
  name: string;
  image: string;
  role: 'main' | 'init' | 'debug';
  running: boolean;
}

/** What shells, files and forwards ask of a pod. */
export interface PodFacts {
  containers: readonly ContainerFacts[];
  node: string | null;
  /** Whether it is on its way out. */
  ending: boolean;
  /** The controller that would make another one in its place. */
  owner: { kind: string; name: string } | null;
}

/** Null for what is no pod. */
export function podFactsOf(object: Readonly<Record<string, unknown>>): PodFacts | null {
  const pod = podSchema.safeParse(object).data;
  if (pod === undefined) return null;
  const { metadata, spec, status } = pod;
  const running = new Set(
    [...status.containerStatuses, ...status.initContainerStatuses, ...status.ephemeralContainerStatuses]
      .filter(({ state }) => 'running' in state)
      .map(({ name }) => name),
  );
  const facts = (each: readonly { name: string; image: string }[], role: ContainerFacts['role']) =>
    each.map(({ name, image }) => ({ name, image, role, running: running.has(name) }));
  return {
    containers: [...facts(spec.containers, 'main'), ...facts(spec.initContainers, 'init'), ...facts(spec.ephemeralContainers, 'debug')],
    node: spec.nodeName ?? null,
    ending: metadata.deletionTimestamp !== undefined,
    owner: metadata.ownerReferences.find(({ controller }) => controller) ?? null,
  };
}

export interface PodName {
  /** Empty: the one that the server holds for the current one. */
  cluster: string;
  namespace: string;
  pod: string;
}

export const ofCluster = (cluster: string): { cluster?: string } => (cluster === '' ? {} : { cluster });

/** The pod as it is now, in whatever cluster. What is known of it stays while it can't be read again. */
export function usePodFacts({ cluster, namespace, pod }: PodName) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['object', cluster, 'Pod', namespace, pod],
    queryFn: ({ signal }) => api.call(resourceRoutes.getResource, { ...ofCluster(cluster), kind: 'Pod', namespace, name: pod }, { signal }),
    select: ({ object }) => podFactsOf(object),
    staleTime: 5_000,
  });
}

const nodeSchema = z.object({ status: z.object({ images: z.array(z.object({ names: z.array(z.string()).default([]) })).default([]) }) });

/** The images that a node has already, by tag: they start without a registry. Empty where the node may not be read. */
export function useNodeImages(cluster: string, node: string | null): readonly string[] {
  const { api } = useServices();
  const { data } = useQuery({
    queryKey: ['object', cluster, 'Node', null, node],
    queryFn: ({ signal }) => api.call(resourceRoutes.getResource, { ...ofCluster(cluster), kind: 'Node', name: node ?? '' }, { signal }),
    select: ({ object }) => (nodeSchema.safeParse(object).data?.status.images ?? []).flatMap(({ names }) => names.filter((name) => !name.includes('@'))),
    enabled: node !== null,
    retry: false,
    staleTime: 60_000,
  });
  return data ?? [];
}

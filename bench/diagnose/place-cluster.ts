import { setTimeout as delay } from 'node:timers/promises';
import { apiOf, type ClusterAccess, type Transport } from '@quarterdeck/cluster';
import { builtInKinds, isKind } from '@quarterdeck/contract';
import * as z from 'zod';
import type { BenchContext } from '../bench.ts';
import { create, eventually } from '../live/fill-cluster.ts';
import type { Made } from './made.ts';
import { resourcePath } from './resource-path.ts';
import { type ClusterSize, writtenObjects } from './written-objects.ts';

/** On a control plane alone nobody provisions volumes, routes requests or measures pods: what asks for that is rightly called broken there. */
const unanswered = new Set<string>(['StorageClass', 'IngressClass', 'Ingress', 'HorizontalPodAutoscaler']);

const setSchema = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ containers: z.array(z.looseObject({ volumeMounts: z.array(z.looseObject({ name: z.string() })).optional() })) }),
    }),
  }),
});

function withoutClaims(object: Made): Made {
  if (object.kind !== 'StatefulSet') return object;
  const { spec } = setSchema.parse(object);
  const containers = spec.template.spec.containers.map(({ volumeMounts = [], ...container }) => ({
    ...container,
    volumeMounts: volumeMounts.filter(({ name }) => name !== 'data'),
  }));
  const template = { ...spec.template, spec: { ...spec.template.spec, containers } };
  return { ...object, spec: { ...spec, template, volumeClaimTemplates: undefined } };
}

const atOnce = 12;
const longestWaitMs = 600_000;

/** Writes what people write; controllers and played nodes make the rest. Resolves when every pod that is wanted is ready. */
export async function placeCluster(context: BenchContext, access: ClusterAccess, size: ClusterSize): Promise<void> {
  const { signal, tell } = context;
  const api = apiOf(access);
  const objects = [...writtenObjects(size)].filter(({ kind }) => !unanswered.has(kind)).map(withoutClaims);
  const namespaces = objects.filter((object) => isKind(object, 'Namespace'));
  tell(`writing ${objects.length} objects`);
  for (const namespace of namespaces) await write(api, namespace, signal);
  for (const { metadata } of namespaces) {
    const path = `/api/v1/namespaces/${metadata.name}/serviceaccounts/default`;
    await eventually(() => api.json({ path, subject: { verb: 'get', resource: path, namespace: null }, signal }), signal);
  }
  const rest = objects.filter((object) => !isKind(object, 'Namespace')).values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const object of rest) await write(api, object, signal);
    }),
  );
  tell('waiting until all pods are ready');
  const until = performance.now() + longestWaitMs;
  while (performance.now() < until && !(await isSettled(access, signal))) await delay(5000, undefined, { signal });
}

function write(api: Transport, object: Made, signal: AbortSignal): Promise<void> {
  return create(api, resourcePath(object), object, signal);
}

const deploymentsSchema = z.object({
  items: z.array(z.object({ spec: z.object({ replicas: z.number().optional() }), status: z.object({ readyReplicas: z.number().optional() }).optional() })),
});

async function isSettled(access: ClusterAccess, signal: AbortSignal): Promise<boolean> {
  const lists = (['deployments', 'statefulsets'] as const).map(async (plural) => {
    const path = `/apis/${builtInKinds.Deployment.apiVersion}/${plural}`;
    const { items } = deploymentsSchema.parse(await apiOf(access).json({ path, subject: { verb: 'list', resource: plural, namespace: null }, signal }));
    return items.every(({ spec, status }) => (status?.readyReplicas ?? 0) >= (spec.replicas ?? 1));
  });
  return (await Promise.all(lists)).every((settled) => settled);
}

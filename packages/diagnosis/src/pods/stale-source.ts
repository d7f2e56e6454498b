import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { Container, PodSpec, Volume } from 'kubernetes-types/core/v1.js';
import { fieldsOverlap, type Write, writesOf } from '../changes/writes.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { containerNamed, type Pod } from './containers.ts';
import { timeOf } from './evidence.ts';

/** How a container takes a ConfigMap or Secret in: only files of a volume follow when it changes, and only if the program reads them again. */
export type ConfigIntake = 'env' | 'subPath' | 'volume';

/** Configuration that was written after the container that runs with it had started. */
export interface StaleSource {
  object: ObjectRef;
  intake: ConfigIntake;
  write: Write;
  /** Epoch milliseconds. */
  startedAt: number;
}

interface Intake {
  object: ObjectRef;
  intake: ConfigIntake;
  /** The one key that is taken in; null for all. */
  key: string | null;
}

/** The kubelet takes up to its sync period and the age of its cache to bring a change into a volume. Milliseconds. */
const volumeDelay = 120_000;
/** Clocks of nodes and API server may differ so much, and times are whole seconds. Milliseconds. */
const skew = 2_000;

/** What a running container has read before it was changed, the latest change first; empty where it is not running. */
export function staleSources(pod: Pod, container: string, view: ClusterView): StaleSource[] {
  const found = containerNamed(pod, container);
  const startedAt = timeOf(found?.status?.state?.running?.startedAt);
  if (found === undefined || pod.spec === undefined || startedAt === null) return [];
  const stale = intakesOf(pod.spec, found.spec, pod.metadata.namespace ?? null).flatMap(({ object, intake, key }): StaleSource[] => {
    const held = view.find(object);
    const write = held === undefined ? undefined : writesOf(held).find((candidate) => isSince(candidate, startedAt) && concerns(candidate, key));
    return write === undefined ? [] : [{ object, intake, write, startedAt }];
  });
  // The clock last: nothing that has not changed is looked at again as time passes.
  const settled = stale.filter(({ intake, write }) => intake !== 'volume' || view.passed(write.at + volumeDelay + 1));
  return settled.sort((a, b) => b.write.at - a.write.at || (a.object.name < b.object.name ? -1 : 1));
}

function isSince({ at }: Write, startedAt: number): boolean {
  return at > startedAt + skew;
}

function concerns({ fields }: Write, key: string | null): boolean {
  return key === null || fields.length === 0 || fields.some((field) => fieldsOverlap(field, `data["${key}"]`));
}

function intakesOf(spec: PodSpec, container: Container, namespace: string | null): Intake[] {
  return [...fromEnvironment(container, namespace), ...fromVolumes(spec, container, namespace)];
}

function* fromEnvironment({ env = [], envFrom = [] }: Container, namespace: string | null): Iterable<Intake> {
  for (const { valueFrom } of env) {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
    if (configMapKeyRef?.name) yield { object: refTo('ConfigMap', namespace, configMapKeyRef.name), intake: 'env', key: configMapKeyRef.key };
    if (secretKeyRef?.name) yield { object: refTo('Secret', namespace, secretKeyRef.name), intake: 'env', key: secretKeyRef.key };
  }
  for (const { configMapRef, secretRef } of envFrom) {
    if (configMapRef?.name) yield { object: refTo('ConfigMap', namespace, configMapRef.name), intake: 'env', key: null };
    if (secretRef?.name) yield { object: refTo('Secret', namespace, secretRef.name), intake: 'env', key: null };
  }
}

function* fromVolumes({ volumes = [] }: PodSpec, { volumeMounts = [] }: Container, namespace: string | null): Iterable<Intake> {
  for (const mount of volumeMounts) {
    const intake = mount.subPath !== undefined || mount.subPathExpr !== undefined ? 'subPath' : 'volume';
    const volume = volumes.find(({ name }) => name === mount.name);
    for (const object of volume === undefined ? [] : sourcesOf(volume, namespace)) yield { object, intake, key: null };
  }
}

/** The ConfigMaps and Secrets that a volume is made of. */
function sourcesOf({ configMap, secret, projected }: Volume, namespace: string | null): ObjectRef[] {
  const configMaps = [configMap?.name, ...(projected?.sources ?? []).map((source) => source.configMap?.name)];
  const secrets = [secret?.secretName, ...(projected?.sources ?? []).map((source) => source.secret?.name)];
  const named = (kind: 'ConfigMap' | 'Secret', names: readonly (string | undefined)[]) =>
    names.flatMap((name) => (name === undefined ? [] : [refTo(kind, namespace, name)]));
  return [...named('ConfigMap', configMaps), ...named('Secret', secrets)];
}

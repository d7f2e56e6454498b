import type { KubeObject } from '@quarterdeck/contract';
import { isSecret, maskedPair } from './secret-mask.ts';

/** What the server keeps count with, and kubectl's own copy of the object. */
const noise = ['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink'];
const noisyAnnotations = ['kubectl.kubernetes.io/last-applied-configuration', 'deployment.kubernetes.io/revision'];

export interface CleanOptions {
  /** For changes of the status itself. */
  keepStatus?: boolean;
}

/** Two states of one object as they are compared and shown: without bookkeeping and status, and without the values of Secrets. */
export function comparable(before: KubeObject | null, after: KubeObject | null, options: CleanOptions = {}): [KubeObject | null, KubeObject | null] {
  const secret = [before, after].some((object) => object !== null && isSecret(object));
  const [old, now] = secret ? maskedPair(before, after) : [before, after];
  return [old && withoutNoise(old, options), now && withoutNoise(now, options)];
}

function withoutNoise(object: KubeObject, { keepStatus = false }: CleanOptions): KubeObject {
  const annotations = Object.fromEntries(Object.entries(object.metadata.annotations ?? {}).filter(([name]) => !noisyAnnotations.includes(name)));
  const metadata = {
    ...without(object.metadata, [...noise, 'annotations']),
    name: object.metadata.name,
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
  const rest = without(object, keepStatus ? ['metadata'] : ['metadata', 'status']);
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata };
}

function without(object: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

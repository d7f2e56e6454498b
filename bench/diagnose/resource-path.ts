import { builtInKinds, pluralOf } from '@quarterdeck/contract';
import type { Made } from './made.ts';

/** Where objects of a kind are created. */
export function resourcePath({ kind, metadata }: Made): string {
  const { apiVersion, namespaced } = builtInKinds[kind];
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${group}${namespaced ? `/namespaces/${metadata.namespace}` : ''}/${pluralOf(kind).toLowerCase()}`;
}

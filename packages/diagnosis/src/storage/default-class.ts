import type { KindTypes } from '@quarterdeck/contract';

const annotations = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

/** The class that claims without one get: of several defaults the newest, as the API server chooses; null where there is none. */
export function defaultStorageClass(classes: readonly KindTypes['StorageClass'][]): string | null {
  const marked = classes.filter(({ metadata }) => annotations.some((name) => metadata.annotations?.[name] === 'true'));
  const newest = marked.toSorted(
    (a, b) => compare(b.metadata.creationTimestamp ?? '', a.metadata.creationTimestamp ?? '') || compare(a.metadata.name, b.metadata.name),
  )[0];
  return newest?.metadata.name ?? null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

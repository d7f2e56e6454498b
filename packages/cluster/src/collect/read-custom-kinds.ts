import { type KindTypes, type KubeObject, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess, CustomKind, KindCoverage } from '../access/cluster-access.ts';
import { customKindsServed, definedKinds, isWorthReading } from '../discovery/custom-kinds.ts';

/** Custom kinds that a diagnosis reads; each costs a request, and a watch where it is followed. */
export const mostCustomKinds = 100;
/** Objects of one custom kind that a diagnosis reads. */
export const mostCustomObjects = 2_000;

/** Which custom kinds to read, with what is left out and why. */
export interface CustomChoice {
  read: ResourceKind[];
  left: CustomKind[];
}

/** From the definitions, where they can be read; else (null) from what is served. */
export function chooseCustomKinds(definitions: readonly KindTypes['CustomResourceDefinition'][] | null, served: readonly ResourceKind[]): CustomChoice {
  const all = definitions === null ? customKindsServed(served) : definedKinds(definitions);
  const worth = all.filter(isWorthReading);
  const tooMany = worth.slice(mostCustomKinds).map((kind) => customKind(kind, 'unread', `only ${mostCustomKinds} of ${worth.length} custom kinds are read`));
  const bookkeeping = all.filter((kind) => !isWorthReading(kind)).map((kind) => customKind(kind, 'unread', null));
  return { read: worth.slice(0, mostCustomKinds), left: [...tooMany, ...bookkeeping] };
}

export function customKind({ apiVersion, kind, plural, namespaced }: ResourceKind, coverage: KindCoverage, reason: string | null): CustomKind {
  return { apiVersion, kind, plural, namespaced, coverage, reason };
}

/** The objects of a custom kind that are looked at, and what is said of the kind: one that has more is not read whole. */
export function withinLimit(kind: ResourceKind, items: KubeObject[]): { kind: CustomKind; items: KubeObject[] } {
  if (items.length <= mostCustomObjects) return { kind: customKind(kind, 'read', null), items };
  return { kind: customKind(kind, 'unread', `only the first ${mostCustomObjects} objects are looked at`), items: items.slice(0, mostCustomObjects) };
}

export interface CustomReading {
  kind: CustomKind;
  items: KubeObject[];
}

/** One pass over custom kinds; what can't be read is coverage. Throws what `isFatal` says. */
export async function readCustomKinds(
  access: Pick<ClusterAccess, 'list'>,
  { read, left }: CustomChoice,
  { namespaces, signal, isFatal }: { namespaces: readonly string[] | null; signal: AbortSignal; isFatal(code: string): boolean },
): Promise<CustomReading[]> {
  const readOne = async (kind: ResourceKind): Promise<CustomReading> => {
    try {
      return withinLimit(kind, await firstObjects(access, kind, namespaces, signal));
    } catch (thrown) {
      const { code, message } = toAppError(thrown);
      if (isFatal(code)) throw thrown;
      return { kind: customKind(kind, coverageOfError(code), message), items: [] };
    }
  };
  return [...(await Promise.all(read.map(readOne))), ...left.map((kind) => ({ kind, items: [] }))];
}

/** UNSUPPORTED is a recording's word for what it does not contain; a definition that went away in between is absent. */
export function coverageOfError(code: string): KindCoverage {
  if (code === 'FORBIDDEN') return 'forbidden';
  return code === 'UNSUPPORTED' ? 'unread' : 'failed';
}

async function firstObjects(
  access: Pick<ClusterAccess, 'list'>,
  kind: ResourceKind,
  namespaces: readonly string[] | null,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const items: KubeObject[] = [];
  for (const scope of kind.namespaced && namespaces !== null ? namespaces.map((namespace) => ({ namespace })) : [{}]) {
    for await (const page of access.list(kind, { ...scope, signal })) {
      items.push(...page.items);
      if (items.length > mostCustomObjects) return items;
    }
  }
  return items;
}

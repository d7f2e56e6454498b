import { type BuiltInKind, descriptorFor, type FoundObject, type FoundObjects, groupOf, isKind, type KubeObject, refOf } from '@quarterdeck/contract';
import { type ClusterView, diagnosisKinds } from '@quarterdeck/diagnosis';

/** Nobody looks these up by name: events come and go, and what controllers keep for themselves stands for its owner. */
const leftOut: ReadonlySet<BuiltInKind> = new Set<BuiltInKind>(['Event', 'EndpointSlice', 'ControllerRevision']);

interface Match {
  object: KubeObject;
  score: number;
  by: string | null;
}

/**
 * Objects of every kind that the diagnosis holds, where each word of the query is part of the name, kind, namespace, a
 * label (`app=web`) or an address. Names count most, and their beginnings more than their middles.
 */
export function searchObjects(view: ClusterView, query: string, limit: number): FoundObjects {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = words.length === 0 ? [] : [...objectsOf(view)].flatMap((object) => matchOf(object, words) ?? []);
  matches.sort((a, b) => b.score - a.score || a.object.metadata.name.length - b.object.metadata.name.length || byName(a, b));
  return { items: matches.slice(0, limit).map((match) => foundObject(match, view.now)), total: matches.length };
}

function byName(a: Match, b: Match): number {
  return a.object.metadata.name.localeCompare(b.object.metadata.name);
}

function* objectsOf(view: ClusterView): Generator<KubeObject> {
  for (const kind of diagnosisKinds) if (!leftOut.has(kind)) yield* view.list(kind);
  for (const { apiVersion, kind } of view.customKinds()) yield* view.listCustom(groupOf(apiVersion), kind);
}

function matchOf(object: KubeObject, words: readonly string[]): Match | null {
  const name = object.metadata.name.toLowerCase();
  const around = `${object.kind} ${object.metadata.namespace ?? ''}`.toLowerCase();
  let score = 0;
  let by: string | null = null;
  for (const word of words) {
    const here = nameScore(name, word) || (around.includes(word) ? 1 : 0);
    const other = here === 0 ? otherMatch(object, word) : null;
    if (here === 0 && other === null) return null;
    score += here;
    by ??= other;
  }
  return { object, score, by };
}

function nameScore(name: string, word: string): number {
  if (name === word) return 8;
  if (name.startsWith(word)) return 6;
  if (name.includes(`-${word}`) || name.includes(`.${word}`)) return 4;
  return name.includes(word) ? 3 : 0;
}

function otherMatch(object: KubeObject, word: string): string | null {
  const label = Object.entries(object.metadata.labels ?? {}).find(([key, value]) => `${key}=${value}`.toLowerCase().includes(word));
  if (label !== undefined) return `${label[0]}=${label[1]}`;
  return addressesOf(object).find((address) => address.includes(word)) ?? null;
}

function addressesOf(object: KubeObject): readonly string[] {
  if (isKind(object, 'Pod')) return object.status?.podIPs?.flatMap(({ ip }) => ip ?? []) ?? [];
  return isKind(object, 'Service') ? [...(object.spec?.clusterIPs ?? []), ...(object.spec?.externalIPs ?? [])] : [];
}

function foundObject({ object, by }: Match, now: number): FoundObject {
  const { state, text } = descriptorFor(object.apiVersion, object.kind).health(object, now);
  return { object: refOf(object), state, stateText: text, by };
}

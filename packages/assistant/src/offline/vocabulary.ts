import { builtInKinds, type IssueDetail, type ObjectRef, refKey } from '@quarterdeck/contract';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import type { NamedObject, Vocabulary } from './understand/question.ts';

/** The words that a cluster adds to the language: also the names of what is missing, for a person may ask about that. */
export async function vocabularyOf({ access, checked }: Pick<AskedCluster, 'access' | 'checked'>, signal: AbortSignal): Promise<Vocabulary> {
  const [kinds, { view, issues }] = await Promise.all([access.kinds(signal), checked(signal)]);
  const builtIn = Object.entries(builtInKinds).flatMap(([kind, { apiVersion }]) => {
    return isNamedByPeople(kind) ? refsOf(view.list(kind), apiVersion, kind) : [];
  });
  const custom = view
    .customKinds()
    .flatMap(({ apiVersion, kind }) => refsOf(view.listCustom(apiVersion.slice(0, apiVersion.indexOf('/')), kind), apiVersion, kind));
  const told = issues.flatMap(({ cause, affected, chains }) => [...(cause === null ? [] : [cause]), ...affected, ...chains.flat().map(({ object }) => object)]);
  const objects = new Map([...builtIn, ...custom, ...told].map((ref) => [refKey(ref), ref]));
  return { kinds, objects: [...objects.values()], namespaces: view.names('Namespace'), troubled: troubledIn(issues) };
}

function troubledIn(issues: readonly IssueDetail[]): ObjectRef[] {
  const parts = issues.flatMap(({ kind, namespace, name, cause, affected, chains }) => {
    const all = [...(cause === null ? [] : [cause]), ...affected, ...chains.flat().map(({ object }) => object)];
    return all.toSorted((a, b) => Number(sameName(b, { kind, namespace, name })) - Number(sameName(a, { kind, namespace, name })));
  });
  return [...new Map(parts.map((ref) => [refKey(ref), ref])).values()];
}

function sameName(a: NamedObject, b: NamedObject): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}

type BuiltIn = keyof typeof builtInKinds;

/** Events and the like have names that nobody writes. */
function isNamedByPeople(kind: string): kind is BuiltIn {
  return kind !== 'Event' && kind !== 'EndpointSlice' && kind !== 'ControllerRevision';
}

function refsOf(objects: readonly { metadata: { namespace?: string; name: string } }[], apiVersion: string, kind: string): ObjectRef[] {
  return objects.map(({ metadata }) => ({ apiVersion, kind, namespace: metadata.namespace ?? null, name: metadata.name }));
}

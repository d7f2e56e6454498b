import { type BuiltInKind, builtInKinds, groupOf, type KubeObject, type ObjectRef, refOf, refTo, toAppError } from '@quarterdeck/contract';
import type { Focus } from '../sources/context-source.ts';
import { findObject } from '../tools/find-object.ts';
import type { AskedCluster, CheckedCluster } from './asked-cluster.ts';

/** What a person looks at; `object` is null where it does not exist or can't be read. */
export interface FocusObject {
  ref: ObjectRef;
  object: KubeObject | null;
}

/** The object in focus: from the view, or, for a kind that the diagnosis does not read, from the cluster. Null where none is in focus. */
export async function focusObject(cluster: AskedCluster, { view }: CheckedCluster, focus: Focus, signal: AbortSignal): Promise<FocusObject | null> {
  if (focus.object === null) return null;
  const { kind, namespace, name } = focus.object;
  const ref = refInView(view, kind, namespace, name);
  const known = ref === null ? undefined : view.find(ref);
  if (ref !== null && (known !== undefined || view.isMissing(ref))) return { ref, object: known ?? null };
  try {
    const { object } = await findObject(cluster, { kind, name, namespace: namespace ?? undefined }, signal);
    return { ref: refOf(object), object };
  } catch (thrown) {
    if (toAppError(thrown).code === 'CANCELLED') throw thrown;
    return { ref: ref ?? { apiVersion: 'v1', kind, namespace, name }, object: null };
  }
}

/** `Kind`, or `Kind.group` where two groups share a name. */
function refInView(view: CheckedCluster['view'], kind: string, namespace: string | null, name: string): ObjectRef | null {
  if (isBuiltIn(kind)) return refTo(kind, namespace, name);
  const custom = view.customKinds().find((each) => each.kind === kind || `${each.kind}.${groupOf(each.apiVersion)}` === kind);
  return custom === undefined ? null : { apiVersion: custom.apiVersion, kind: custom.kind, namespace: custom.namespaced ? namespace : null, name };
}

function isBuiltIn(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}

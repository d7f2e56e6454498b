import { type BuiltInKind, builtInKinds, type KindTypes, type KubeObject } from '../objects/kube-object.ts';
import { groupOf } from '../objects/object-ref.ts';
import type { KindDescriptor } from './kind-descriptor.ts';

type Parts<K extends BuiltInKind> = Omit<KindDescriptor<KindTypes[K]>, 'kind' | 'group'>;

/** Keeps the kind's type inside its columns and its health, and erases it for the registry, which looks up by group and kind. */
export function defineKind<K extends BuiltInKind>(kind: K, parts: Parts<K>): KindDescriptor<KubeObject> {
  const { columns, sort, health } = parts;
  return { kind, group: groupOf(builtInKinds[kind].apiVersion), columns, sort, health };
}

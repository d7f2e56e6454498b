import { type BuiltInKind, builtInKinds, type ObjectRef } from '@quarterdeck/contract';
import type { NamedObject } from '../understand/question.ts';

/** How tools are told which object is meant. */
export function targetOf({ kind, namespace, name }: NamedObject) {
  return { kind, name, ...(namespace === null ? {} : { namespace }) };
}

/** Whether a kind has pods, and so logs. */
export function runs(kind: string): boolean {
  return ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet'].includes(kind);
}

/** Null for a custom kind, whose group a question does not tell. */
export function refFor({ kind, namespace, name }: NamedObject): ObjectRef | null {
  return isBuiltIn(kind) ? { apiVersion: builtInKinds[kind].apiVersion, kind, namespace, name } : null;
}

function isBuiltIn(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}

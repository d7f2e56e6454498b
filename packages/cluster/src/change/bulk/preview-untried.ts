import { type Change, type ChangePreview, type KubeObject, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import { dangerOfChange } from '../../danger/danger-of-change.ts';
import { comparable } from '../diff/clean-object.ts';
import { objectDiff } from '../diff/object-diff.ts';
import { impactOf } from '../impact.ts';
import { requestOf } from '../request-of.ts';
import { type ChangeAccess, kindFor } from '../resolve-change.ts';

const objectSchema = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.looseObject({ name: z.string() }) });

/**
 * What a change would make in a namespace that another one of the same changes makes: no dry run can tell, since the
 * namespace is not there yet. Null for every other change.
 */
export async function previewUntried(access: ChangeAccess, change: Change, all: readonly Change[], signal: AbortSignal): Promise<ChangePreview | null> {
  const { target } = change;
  if (change.verb !== 'apply' && change.verb !== 'create') return null;
  const kinds = await access.kinds(signal);
  if (!all.some((other) => makesNamespace(other, target.namespace)) || (await isThere(access, kindFor(kinds, namespaceKind), target.namespace, signal)))
    return null;
  const asked = requestOf(change, { kind: kindFor(kinds, target) });
  const { body: _body, ...request } = asked;
  const [, after] = comparable(null, objectOf(change.manifest));
  return {
    ...{ change, request, before: null, after: after && { ...after }, resourceVersion: null },
    diff: objectDiff(null, after, refLabel(target)),
    warnings: [`Not tried by the server: the namespace ${target.namespace} is not there yet.`],
    ...{ conflicts: [], managedBy: [], impact: impactOf(change, null, after), danger: dangerOfChange(asked) },
  };
}

const namespaceKind = { apiVersion: 'v1', kind: 'Namespace' };

function makesNamespace({ verb, target }: Change, namespace: string | null): boolean {
  return (verb === 'apply' || verb === 'create') && target.kind === 'Namespace' && target.name === namespace;
}

async function isThere(access: ChangeAccess, kind: Parameters<ChangeAccess['get']>[0], namespace: string | null, signal: AbortSignal): Promise<boolean> {
  return access.get(kind, null, namespace ?? '', signal).then(
    () => true,
    () => false,
  );
}

function objectOf(manifest: Record<string, unknown>): KubeObject | null {
  return isObject(manifest) ? manifest : null;
}

function isObject(manifest: unknown): manifest is KubeObject {
  return objectSchema.safeParse(manifest).success;
}

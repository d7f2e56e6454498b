import type { ClusterAccess } from '@quarterdeck/cluster';
import { isKind, type KubeObject, type ResourceObject } from '@quarterdeck/contract';
import { showObject, type ValueLengths } from './show-object.ts';

/** An object as people read it, of a Secret with how long each value is. */
export async function shownObject(access: Pick<ClusterAccess, 'evidence'>, object: KubeObject, signal: AbortSignal): Promise<ResourceObject> {
  return showObject(object, await valueLengths(access, object, signal));
}

/** How long the values of a Secret are; nothing where they may not be measured, and for any other kind. */
async function valueLengths({ evidence }: Pick<ClusterAccess, 'evidence'>, object: KubeObject, signal: AbortSignal): Promise<ValueLengths> {
  const { namespace, name } = object.metadata;
  if (!isKind(object, 'Secret') || namespace === undefined) return {};
  const answer = await evidence.read({ need: 'secretShape', namespace, name }, signal);
  if (answer.state !== 'answered' || answer.need !== 'secretShape') return {};
  return Object.fromEntries(Object.entries(answer.value.keys).map(([key, { length }]) => [key, length]));
}

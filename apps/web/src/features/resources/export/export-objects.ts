import { type ObjectRef, resourceRoutes } from '@quarterdeck/contract';
import type { ApiClient } from '../../../api/client.ts';
import { kindName } from '../../objects/object-key.ts';

/** Each is read on its own: more would keep the API server busy for one file. */
export const mostObjects = 500;
const atOnce = 6;

export type ObjectFormat = 'yaml' | 'json';

export interface ExportedObjects {
  text: string;
  written: number;
  /** Objects that are gone, or may not be read. */
  failed: number;
}

/** Objects whole, as the cluster has them; the values of Secrets are left out by the server. Rejects when it is cancelled. */
export async function exportObjects(
  api: ApiClient,
  { cluster, objects, format }: { cluster?: string; objects: readonly ObjectRef[]; format: ObjectFormat },
  signal: AbortSignal,
  onProgress: (read: number) => void,
): Promise<ExportedObjects> {
  const found: ({ object: Record<string, unknown>; yaml: string } | null)[] = objects.map(() => null);
  let next = 0;
  let read = 0;
  const worker = async () => {
    for (let index = next++; index < objects.length; index = next++) {
      const ref = objects[index];
      if (ref === undefined) return;
      found[index] = await readObject(api, cluster, ref, signal);
      read += 1;
      onProgress(read);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, objects.length) }, worker));
  const whole = found.filter((each) => each !== null);
  return {
    text: format === 'yaml' ? manyAsYaml(whole.map(({ yaml }) => yaml)) : listAsJson(whole.map(({ object }) => object)),
    written: whole.length,
    failed: found.length - whole.length,
  };
}

/** Null where it can't be read: the others are worth their file. */
async function readObject(api: ApiClient, cluster: string | undefined, ref: ObjectRef, signal: AbortSignal) {
  const { namespace, name } = ref;
  try {
    const where = { ...(cluster === undefined ? {} : { cluster }), ...(namespace === null ? {} : { namespace }) };
    return await api.call(resourceRoutes.getResource, { ...where, kind: kindName(ref), name }, { signal });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return null;
  }
}

function manyAsYaml(documents: readonly string[]): string {
  return documents.map((yaml) => `${yaml.trimEnd()}\n`).join('---\n');
}

/** As `kubectl get -o json` writes several objects. */
function listAsJson(items: readonly Record<string, unknown>[]): string {
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`;
}

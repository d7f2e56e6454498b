import * as z from 'zod';

/**
 * Names a Kubernetes object, whether it exists or is only referred to. `namespace` is null for cluster-scoped
 * objects; `apiVersion` is `v1` or `group/version`.
 */
export const objectRefSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().nullable(),
  name: z.string(),
});

export type ObjectRef = z.infer<typeof objectRefSchema>;

/** Stands in a chain for an object that the reader may not know of: that there is one is all that is said. */
export const hiddenRef: ObjectRef = { apiVersion: '', kind: 'Something', namespace: null, name: 'you may not see' };

/** `apps` of `apps/v1`; the empty string for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** A key that is the same for every version of the same object: `group|Kind|namespace|name`. */
export function refKey(ref: ObjectRef): string {
  return `${groupOf(ref.apiVersion)}|${ref.kind}|${ref.namespace ?? ''}|${ref.name}`;
}

export function sameRef(a: ObjectRef, b: ObjectRef): boolean {
  return refKey(a) === refKey(b);
}

/** `Deployment shop/api`, as people say it; the namespace is left out when it is null. */
export function refLabel(ref: ObjectRef): string {
  return ref.namespace === null ? `${ref.kind} ${ref.name}` : `${ref.kind} ${ref.namespace}/${ref.name}`;
}

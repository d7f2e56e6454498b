import { AppError, type Change, type ManifestVerb, type ObjectRef, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import { kindFor } from '../resolve-change.ts';
import type { ManifestDocument } from './read-documents.ts';

export interface ManifestOptions {
  verb: ManifestVerb;
  kinds: readonly ResourceKind[];
  /** For namespaced objects that name none. */
  namespace: string;
  /** Whether `namespace` was asked for: an object that names another one is refused. */
  enforceNamespace: boolean;
  /** For `apply`: take over fields that others own. */
  force: boolean;
  /** For `delete`. */
  deletion?: Pick<Extract<Change, { verb: 'delete' }>, 'propagation' | 'gracePeriodSeconds'>;
}

const headSchema = z.looseObject({
  apiVersion: z.string({ error: 'apiVersion is missing' }).min(1, 'apiVersion is empty'),
  kind: z.string({ error: 'kind is missing' }).min(1, 'kind is empty'),
  metadata: z.looseObject(
    { name: z.string().min(1).optional(), generateName: z.string().min(1).optional(), namespace: z.string().nullish() },
    { error: 'metadata is missing' },
  ),
});

/** One change for each document. Throws VALIDATION_ERROR or NOT_FOUND (a kind that is not served), naming document and line. */
export function manifestChanges(documents: readonly ManifestDocument[], options: ManifestOptions): Change[] {
  return documents.map(({ object, place }) => changeOf(object, place, options));
}

function changeOf(object: Record<string, unknown>, place: string, options: ManifestOptions): Change {
  const head = headSchema.safeParse(object);
  if (!head.success) throw invalid(place, head.error.issues[0]?.message ?? 'this is not an object');
  const { apiVersion, kind, metadata } = head.data;
  if (metadata.name === undefined && (options.verb !== 'create' || metadata.generateName === undefined)) {
    const why = metadata.generateName === undefined ? 'metadata.name is missing' : 'generateName is for create alone';
    throw invalid(place, why);
  }
  const served = at(place, () => kindFor(options.kinds, { apiVersion, kind }));
  const namespace = served.namespaced ? namespaceOf(metadata.namespace ?? null, place, options) : null;
  const target = { apiVersion, kind, namespace, name: metadata.name ?? '' };
  return build(target, { ...object, metadata: withNamespace(metadata, namespace) }, options);
}

function build(target: ObjectRef, manifest: Record<string, unknown>, { verb, force, deletion }: ManifestOptions): Change {
  switch (verb) {
    case 'apply':
      return { verb, target, manifest, force };
    case 'create':
    case 'replace':
      return { verb, target, manifest };
    case 'delete':
      return { verb, target, ...deletion };
  }
}

function withNamespace(metadata: object, namespace: string | null): Record<string, unknown> {
  const rest = Object.fromEntries(Object.entries(metadata).filter(([key, value]) => key !== 'namespace' && !(key === 'creationTimestamp' && value === null)));
  return namespace === null ? rest : { ...rest, namespace };
}

function namespaceOf(given: string | null, place: string, { namespace, enforceNamespace }: ManifestOptions): string {
  if (given === null || given === '') return namespace;
  if (!enforceNamespace || given === namespace) return given;
  throw invalid(place, `the object is of the namespace ${given}, and ${namespace} is asked for`);
}

function invalid(place: string, why: string): AppError {
  return new AppError('VALIDATION_ERROR', `${place}: ${why}.`, { hint: 'Correct the document there.' });
}

function at<T>(place: string, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw new AppError(thrown.code, `${place}: ${thrown.message}`, { ...(thrown.hint === undefined ? {} : { hint: thrown.hint }), cause: thrown });
  }
}

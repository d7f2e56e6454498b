import type { ObjectRef, ResourceKind } from '@quarterdeck/contract';
import { parseDocument } from 'yaml';
import * as z from 'zod';

const headerSchema = z.object({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.object({ name: z.string().min(1), namespace: z.string().nullish(), annotations: z.record(z.string(), z.unknown()).nullish() }),
});

/** One document of a manifest with the object it describes. */
export interface ManifestObject {
  object: ObjectRef;
  text: string;
  /** Whether `helm uninstall` leaves it. */
  kept: boolean;
}

/** The documents of a manifest as Helm splits it (pkg/release/v1/util `SplitManifests`), without the empty ones. */
export function splitManifest(manifest: string): string[] {
  return manifest
    .split(/(?:^|\n)---[ \t]*(?:\n|$)/)
    .filter((document) => /^(?!\s*(#|$))/m.test(document))
    .map((document) => document.replace(/^\n+/, ''));
}

/**
 * The objects of a manifest, each with its own text. An object without a namespace goes to the release's, where its
 * kind is namespaced; of kinds that are not known here, the manifest's word is kept.
 */
export function manifestObjects(manifest: string, namespace: string, kinds: readonly ResourceKind[]): ManifestObject[] {
  const clusterScoped = new Set(kinds.filter((kind) => !kind.namespaced).map((kind) => `${kind.apiVersion}|${kind.kind}`));
  return splitManifest(manifest).flatMap((text) => {
    const document = parseDocument(text, { logLevel: 'silent' });
    const header = headerSchema.safeParse(document.errors.length > 0 ? null : document.toJS());
    if (!header.success) return [];
    const { apiVersion, kind, metadata } = header.data;
    const scoped = clusterScoped.has(`${apiVersion}|${kind}`) ? null : (metadata.namespace ?? namespace);
    const kept = metadata.annotations?.['helm.sh/resource-policy'] === 'keep';
    return [{ object: { apiVersion, kind, namespace: scoped, name: metadata.name }, text, kept }];
  });
}

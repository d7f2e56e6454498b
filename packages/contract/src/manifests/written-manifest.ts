import * as z from 'zod';

/** Manifests made from a description, tried on the cluster and mended as far as that goes. Nothing is created. */
export const writtenManifestSchema = z.object({
  /** YAML, a document an object. */
  text: z.string(),
  /** The template that made the main part; null where a model wrote it. */
  template: z.string().nullable(),
  /** `provider/model`; null where a template made it. */
  model: z.string().nullable(),
  /** Why a model that was to be asked did not write it; null where none was. */
  refused: z.string().nullable(),
  /** What it was made of; `said` is false for what was assumed. */
  parameters: z.array(z.object({ name: z.string(), value: z.string(), said: z.boolean() })),
  /** What was changed after it was tried, in sentences. */
  repaired: z.array(z.string()),
  /** What could not be tried, in sentences. */
  unchecked: z.array(z.string()),
});
export type WrittenManifest = z.infer<typeof writtenManifestSchema>;

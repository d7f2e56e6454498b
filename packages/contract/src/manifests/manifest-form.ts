import * as z from 'zod';

/** Where the value of a field stands in a manifest. Around a text there may be more: `NAME-tls`. */
const placeSchema = z.object({
  part: z.string(),
  path: z.array(z.union([z.string(), z.number().int().nonnegative()])),
  before: z.string(),
  after: z.string(),
});
export type FormPlace = z.infer<typeof placeSchema>;

/** `pairs`: a map of texts; `environment`: the plain variables of a container; `list`: texts. */
export const formFieldTypes = ['name', 'text', 'number', 'quantity', 'schedule', 'list', 'pairs', 'environment'] as const;
export type FormFieldType = (typeof formFieldTypes)[number];

export const formFieldSchema = z.object({
  /** Its text is the page's: `image`, `replicas`. */
  id: z.string(),
  type: z.enum(formFieldTypes),
  required: z.boolean(),
  places: z.array(placeSchema),
});
export type FormField = z.infer<typeof formFieldSchema>;

/** A common shape of manifests, and what of it a form asks for. The values are those that stand in the manifests. */
export const manifestFormSchema = z.object({
  id: z.string(),
  parts: z.array(
    z.object({
      id: z.string(),
      /** Whether it can be left out, and whether it is at first. */
      optional: z.boolean(),
      included: z.boolean(),
      manifest: z.looseObject({ apiVersion: z.string(), kind: z.string() }),
    }),
  ),
  fields: z.array(formFieldSchema),
});
export type ManifestForm = z.infer<typeof manifestFormSchema>;

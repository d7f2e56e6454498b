import * as z from 'zod';

/** `list`: the cluster lists them. `projects`: OpenShift's projects. `context`: the kubeconfig's. `rules`: a right that names it. `typed`: a person. */
export const namespaceOriginSchema = z.enum(['list', 'projects', 'context', 'rules', 'typed']);
export type NamespaceOrigin = z.infer<typeof namespaceOriginSchema>;

export const namespaceEntrySchema = z.object({
  name: z.string(),
  from: z.array(namespaceOriginSchema),
  /** Whether anything may be listed there, as far as the cluster says. */
  usable: z.boolean(),
});
export type NamespaceEntry = z.infer<typeof namespaceEntrySchema>;

/** The namespaces that can be looked at. */
export const namespacesSchema = z.object({
  /** Whether there are no others that we may see. */
  complete: z.boolean(),
  /** Why not. */
  reason: z.string().nullable(),
  namespaces: z.array(namespaceEntrySchema),
});
export type Namespaces = z.infer<typeof namespacesSchema>;

/** What is in a namespace, and goes with it. */
export const namespaceContentsSchema = z.object({
  /** `atLeast`: counting ended there. */
  contents: z.array(z.object({ apiVersion: z.string(), kind: z.string(), count: z.number().int().positive(), atLeast: z.boolean() })),
  /** Kinds that could not be counted. */
  notSeen: z.array(z.object({ apiVersion: z.string(), kind: z.string(), reason: z.string() })),
});
export type NamespaceContents = z.infer<typeof namespaceContentsSchema>;

/** A DNS label, as Kubernetes wants it. */
export const typedNamespaceSchema = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'is not a namespace name: small letters, digits and dashes, at most 63');

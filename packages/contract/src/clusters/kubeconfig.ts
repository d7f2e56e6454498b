import * as z from 'zod';

const problemSchema = z.object({
  file: z.string(),
  /** Counted from 1; null where it is no line of the file. */
  line: z.number().int().positive().nullable(),
  message: z.string(),
  hint: z.string(),
});
export type KubeconfigFileProblem = z.infer<typeof problemSchema>;

export const kubeconfigFileSchema = z.object({
  path: z.string(),
  origin: z.enum(['kubeconfig', 'folder', 'uploaded', 'serviceAccount']),
  /** What removes it by; only for an uploaded file. */
  name: z.string().nullable(),
  /** Ids of the clusters that are defined here. */
  contexts: z.array(z.string()),
  problems: z.array(problemSchema),
});
export type KubeconfigFileInfo = z.infer<typeof kubeconfigFileSchema>;

/** The files that the clusters come from, with what is wrong in them. */
export const kubeconfigsSchema = z.object({
  files: z.array(kubeconfigFileSchema),
  /** The kubeconfig's current-context; null where none is set or the one that is set does not exist. */
  currentContext: z.string().nullable(),
  /** Those of no single file, such as a KUBE_CONTEXT that does not exist. */
  problems: z.array(problemSchema),
});
export type Kubeconfigs = z.infer<typeof kubeconfigsSchema>;

/** Under which an uploaded kubeconfig is kept. */
export const kubeconfigName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** A kubeconfig larger than this is a mistake. Characters. */
export const longestKubeconfig = 768 * 1024;

/** `details` of the error for an upload without a usable context. */
export const uploadRefusalSchema = z.object({ problems: z.array(problemSchema.omit({ file: true })) });

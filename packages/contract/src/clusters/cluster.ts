import * as z from 'zod';

export const connectionStates = ['idle', 'connecting', 'live', 'partial', 'stale', 'authNeeded', 'offline', 'recording'] as const;

/** One cluster the workbench knows, with the state of its connection, the reason for it and the way out. */
export const clusterSchema = z.object({
  /** The kubeconfig context, or the bundle's id; what `?cluster=` takes. */
  id: z.string(),
  name: z.string(),
  server: z.string().nullable(),
  /** The user entry of the context; null for a recording. */
  user: z.string().nullable(),
  /** The kubeconfig file; null for a recording. */
  file: z.string().nullable(),
  /** Whether the file was uploaded, and so is not trusted. */
  uploaded: z.boolean(),
  version: z.string().nullable(),
  current: z.boolean(),
  /** Whether it is the kubeconfig's current-context. It may change while the workbench runs, and is not followed. */
  kubeconfigCurrent: z.boolean(),
  readOnly: z.boolean(),
  /** Whether the workbench was told that others live by it: changes then take more than the permission for them. */
  production: z.boolean(),
  state: z.enum(connectionStates),
  reason: z.string().nullable(),
  remedy: z.string().nullable(),
  /** ISO 8601; since when it is in this state. */
  since: z.string(),
  /** ISO 8601; the time of the last word from the cluster, or of the recording. */
  asOf: z.string().nullable(),
});
export type Cluster = z.infer<typeof clusterSchema>;

import * as z from 'zod';

/** What a debug container may do, as kubectl names it. */
export const debugProfiles = ['general', 'baseline', 'restricted', 'netadmin', 'sysadmin'] as const;
export type DebugProfile = (typeof debugProfiles)[number];

/** Where nobody names an image: a shell and the usual small tools. */
export const defaultDebugImage = 'docker.io/library/busybox:stable';

export const debugRequestSchema = z.object({
  namespace: z.string().min(1),
  pod: z.string().min(1),
  /** The container whose processes it sees; left out, the pod's default container. */
  target: z.string().min(1).optional(),
  image: z.string().min(1).default(defaultDebugImage),
  /** Left out: what the image starts. */
  command: z.array(z.string()).max(100).default([]),
  profile: z.enum(debugProfiles).default('general'),
});

/** A pod on a node, with what its profile says of the node: its processes, its network, its files at /host. */
export const debugNodeRequestSchema = z.object({
  node: z.string().min(1),
  /** Where the pod is created. */
  namespace: z.string().min(1).default('default'),
  image: z.string().min(1).default(defaultDebugImage),
  /** Left out: what the image starts. */
  command: z.array(z.string()).max(100).default([]),
  profile: z.enum(debugProfiles).default('general'),
});

/** The debug container, which runs now: attach to it by its name. */
export const debugContainerSchema = z.object({ namespace: z.string(), pod: z.string(), container: z.string() });

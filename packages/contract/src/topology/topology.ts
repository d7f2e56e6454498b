import * as z from 'zod';
import { healthStateSchema } from '../issues/issue.ts';
import { objectRefSchema } from '../objects/object-ref.ts';

/** What is drawn only where somebody asks for it. */
export const topologyExtras = ['pods', 'policies', 'config', 'storage'] as const;
export type TopologyExtra = (typeof topologyExtras)[number];

/** The part that an object has in the way of a request; `group` stands for a whole namespace. */
export const topologyRoles = ['entry', 'service', 'workload', 'pod', 'policy', 'config', 'storage', 'group'] as const;
export type TopologyRole = (typeof topologyRoles)[number];

export const topologyNodeSchema = z.object({
  id: z.string(),
  object: objectRefSchema,
  role: z.enum(topologyRoles),
  /** False for what is only referred to. */
  exists: z.boolean(),
  state: healthStateSchema,
  /** A few words: `2/2 ready`, `no ready pod`. */
  stateText: z.string(),
  /** Of a workload; null for everything else. */
  pods: z.object({ ready: z.number().int(), total: z.number().int() }).nullable(),
  /** How many objects a group stands for; null for an object. */
  members: z.number().int().nullable(),
  /** The worst issue that it has a part in, and whether it is its cause. */
  issue: z.object({ id: z.string(), title: z.string(), cause: z.boolean() }).nullable(),
  /** What else there is to say: what a policy lets through, the hosts of an Ingress. */
  note: z.string().nullable(),
});
export type TopologyNode = z.infer<typeof topologyNodeSchema>;

/**
 * `routes`: an Ingress or route to a Service, a Gateway to a route; `selects`: a Service to the workload behind it;
 * `calls`: a workload to what its configuration names; `owns`: a workload to its pods; `guards`: a policy to whom it is
 * for; `uses`: a workload to its configuration and storage.
 */
export const topologyEdgeTypes = ['routes', 'selects', 'calls', 'owns', 'guards', 'uses'] as const;
export type TopologyEdgeType = (typeof topologyEdgeTypes)[number];

/** `blocked`: a NetworkPolicy lets nothing through, where the cluster's network enforces policies. */
export const topologyEdgeStates = ['ok', 'pending', 'idle', 'broken', 'blocked'] as const;
export type TopologyEdgeState = (typeof topologyEdgeStates)[number];

export const topologyEdgeSchema = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  type: z.enum(topologyEdgeTypes),
  /** A port, or host and path; empty where there is nothing to say. */
  label: z.string(),
  state: z.enum(topologyEdgeStates),
  /** Why it is not `ok`. */
  reason: z.string().nullable(),
  /** How many it stands for, between groups; 1 otherwise. */
  count: z.number().int().positive(),
});
export type TopologyEdge = z.infer<typeof topologyEdgeSchema>;

/** Who leads to whom, at the moment of the last check. */
export const topologySchema = z.object({
  /** ISO 8601. */
  asOf: z.string(),
  nodes: z.array(topologyNodeSchema),
  edges: z.array(topologyEdgeSchema),
  /** Whether it was too much to draw, and each node stands for a namespace. */
  grouped: z.boolean(),
  /** What was left out to keep it readable, in sentences. */
  leftOut: z.array(z.string()),
  /** What could not be looked at, and why. */
  notSeen: z.array(z.object({ what: z.string(), reason: z.string() })),
});
export type Topology = z.infer<typeof topologySchema>;

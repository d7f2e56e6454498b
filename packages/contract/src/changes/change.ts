import * as z from 'zod';
import type { Permission } from '../access/permissions.ts';
import { groupOf, objectRefSchema } from '../objects/object-ref.ts';

const target = objectRefSchema;
/** An object as YAML or JSON gives it. */
const manifest = z.record(z.string(), z.unknown());
/** What the object must still be at; the cluster answers CONFLICT where somebody was faster. */
const resourceVersion = z.string().min(1).optional();
/** Keys to set; null takes a key away. */
const entries = z.record(z.string().min(1), z.string().nullable()).refine((keys) => Object.keys(keys).length > 0, 'at least one key');

export const patchTypes = ['json', 'merge', 'strategic'] as const;
export type PatchType = (typeof patchTypes)[number];
export const propagationPolicies = ['background', 'foreground', 'orphan'] as const;

/**
 * One change of one object: the value that is previewed, approved, sent and written down. It becomes exactly one
 * request to the API server. `target.name` is empty only where `create` lets the server choose a name.
 */
export const changeSchema = z.discriminatedUnion('verb', [
  /** Server-side apply. `force` takes over fields that other managers own. */
  z.strictObject({ verb: z.literal('apply'), target, manifest, force: z.boolean().default(false) }),
  z.strictObject({ verb: z.literal('create'), target, manifest }),
  /** Puts the whole object in place of the old one; a `metadata.resourceVersion` in it must still be the current one. */
  z.strictObject({ verb: z.literal('replace'), target, manifest }),
  z.strictObject({
    verb: z.literal('patch'),
    target,
    patchType: z.enum(patchTypes),
    patch: z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]),
    subresource: z.enum(['status', 'scale', 'resize']).optional(),
  }),
  z.strictObject({
    verb: z.literal('delete'),
    target,
    /** What happens to the objects that it owns; left out, the kind's own default. */
    propagation: z.enum(propagationPolicies).optional(),
    /** 0 removes a pod from the API without waiting for its node. */
    gracePeriodSeconds: z.number().int().nonnegative().optional(),
    uid: z.string().min(1).optional(),
    resourceVersion,
  }),
  z.strictObject({
    verb: z.literal('scale'),
    target,
    replicas: z.number().int().nonnegative(),
    /** Only where it has so many replicas now. */
    currentReplicas: z.number().int().nonnegative().optional(),
    resourceVersion,
  }),
  /** `at`: RFC 3339, written into the pod template as kubectl does. */
  z.strictObject({ verb: z.literal('restart'), target, at: z.iso.datetime({ offset: true }) }),
  z.strictObject({ verb: z.literal('pause'), target }),
  z.strictObject({ verb: z.literal('resume'), target }),
  /** Back to a revision of its history; left out, the one before the current. */
  z.strictObject({ verb: z.literal('undo'), target, toRevision: z.number().int().positive().optional() }),
  /** Images by container name. */
  z.strictObject({ verb: z.literal('setImage'), target, images: z.record(z.string().min(1), z.string().min(1)) }),
  z.strictObject({ verb: z.literal('evict'), target, gracePeriodSeconds: z.number().int().nonnegative().optional(), uid: z.string().min(1).optional() }),
  z.strictObject({ verb: z.literal('cordon'), target }),
  z.strictObject({ verb: z.literal('uncordon'), target }),
  /** A Job from a CronJob (the target), at once. */
  z.strictObject({ verb: z.literal('trigger'), target, jobName: z.string().min(1).max(63) }),
  z.strictObject({ verb: z.literal('suspend'), target }),
  z.strictObject({ verb: z.literal('unsuspend'), target }),
  /** Without `overwrite`, a key that has another value already is refused. */
  z.strictObject({ verb: z.literal('label'), target, entries, overwrite: z.boolean().default(false), resourceVersion }),
  z.strictObject({ verb: z.literal('annotate'), target, entries, overwrite: z.boolean().default(false), resourceVersion }),
]);
export type Change = z.infer<typeof changeSchema>;
export type ChangeVerb = Change['verb'];
export type ChangeOf<V extends ChangeVerb> = Extract<Change, { verb: V }>;

/** What somebody must be allowed to do in the workbench to make a change; the cluster's own rules come on top. */
export function permissionOf({ verb, target: { apiVersion, kind } }: Pick<Change, 'verb' | 'target'>): Permission {
  if (kind === 'Node' && groupOf(apiVersion) === '') return 'node.manage';
  return verb === 'delete' || verb === 'evict' ? 'resource.delete' : 'resource.write';
}

/** The request that a change becomes, as the API server sees it. */
export interface ChangeRequest {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query: Record<string, string>;
  contentType: string;
  body: unknown;
  /** As the server's rules for rights name it: `deployments/scale`, `pods/eviction`. */
  subject: { verb: 'create' | 'update' | 'patch' | 'delete'; group: string; resource: string; namespace: string | null; name: string };
}

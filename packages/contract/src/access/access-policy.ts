import * as z from 'zod';

const allowList = (what: string) => z.array(z.string().min(1).max(253)).max(500).describe(`${what}; \`*\` stands for all, an empty list for none.`);

/**
 * What part of a cluster somebody may know of. An object is visible when its kind is allowed and, where it lies in a
 * namespace, that namespace is; a Namespace is visible when its name is allowed. Everything else leaves no trace.
 */
export const accessPolicySchema = z.object({
  namespaces: allowList('Names of namespaces'),
  kinds: allowList('Kinds: `Pod` for a built-in one, `Certificate.cert-manager.io` for one of a custom group'),
});
export type AccessPolicy = z.infer<typeof accessPolicySchema>;

/** Whoever has it sees all that the cluster's own rules show. */
export const seesAll: AccessPolicy = { namespaces: ['*'], kinds: ['*'] };

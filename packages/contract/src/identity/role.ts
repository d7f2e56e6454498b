import * as z from 'zod';
import { accessPolicySchema } from '../access/access-policy.ts';
import { type Permission, permissions } from '../access/permissions.ts';

/** Which permission, or which of them: one by its name, a whole family (`pod.*`), or all (`*`). */
export const grantSchema = z
  .string()
  .max(100)
  .regex(/^(\*|[A-Za-z]+[.:](\*|[A-Za-z]+))$/, 'must be a permission as pod.exec, a family as pod.*, or *');

/** What roles come to. A name that this version does not know gives nothing. */
export function grantedPermissions(grants: readonly string[]): Permission[] {
  return permissions.filter((permission) => grants.some((grant) => grant === permission || covers(grant, permission)));
}

function covers(grant: string, permission: string): boolean {
  return grant === '*' || (grant.endsWith('*') && permission.startsWith(grant.slice(0, -1)));
}

export const roleInputShape = {
  name: z.string().trim().min(1).max(60),
  description: z.string().max(300).default(''),
  grants: z.array(grantSchema).max(200),
  /** What part of the clusters its holders may know of; null for no restriction by the role. */
  policy: accessPolicySchema.nullable().default(null),
};

export const roleSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  grants: z.array(z.string()),
  /** What the grants come to in this version. */
  permissions: z.array(z.string()),
  policy: accessPolicySchema.nullable(),
  /** Made with the workbench: its policy can be set, and nothing else of it. */
  builtIn: z.boolean(),
  /** How many people of the organisation have it. */
  holders: z.number().int().nonnegative(),
});
export type Role = z.infer<typeof roleSchema>;

export const organisationSchema = z.object({ id: z.string(), name: z.string() });
export type Organisation = z.infer<typeof organisationSchema>;

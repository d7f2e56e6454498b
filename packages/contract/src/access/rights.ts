import * as z from 'zod';
import { objectRefSchema } from '../objects/object-ref.ts';

/** A request to the API server, as its rules for rights name it. What is left out stands for all. */
export const accessQuestionShape = {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete` … */
  verb: z.string().min(1).max(50),
  /** Empty for the core group. */
  group: z.string().max(253).default(''),
  /** The plural, with a subresource after a slash: `pods/log`. */
  resource: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63).optional(),
  name: z.string().min(1).max(253).optional(),
};
export const accessQuestionSchema = z.object(accessQuestionShape);
export type AccessQuestion = z.infer<typeof accessQuestionSchema>;

export const accessAnswerSchema = z.object({
  /** Who was asked about, as the API server knows us; null where it does not say. */
  user: z.string().nullable(),
  allowed: z.boolean(),
  /** In the API server's words; empty where it gives none. */
  reason: z.string(),
  /** The least that would allow it, as YAML for whoever administers the cluster; null where it is allowed. */
  grant: z.string().nullable(),
});
export type AccessAnswer = z.infer<typeof accessAnswerSchema>;

export const accessRulesSchema = z.object({
  namespace: z.string(),
  rules: z.array(
    z.object({
      verbs: z.array(z.string()),
      groups: z.array(z.string()),
      resources: z.array(z.string()),
      /** Empty for all of them. */
      names: z.array(z.string()),
    }),
  ),
  /** Another authorizer than RBAC has its say, which the API server can't list. */
  incomplete: z.boolean(),
});
export type AccessRules = z.infer<typeof accessRulesSchema>;

/** One way in which somebody has a right. */
export const accessGrantSchema = z.object({
  subject: z.object({ kind: z.string(), name: z.string(), namespace: z.string().nullable() }),
  binding: objectRefSchema,
  role: objectRefSchema,
  /** The only objects that it is for; empty for all of them. */
  names: z.array(z.string()),
});
export type AccessGrant = z.infer<typeof accessGrantSchema>;

export const whoCanSchema = z.object({
  grants: z.array(accessGrantSchema),
  /** Kinds that could not be read: there may be more. */
  unread: z.array(z.string()),
});
export type WhoCan = z.infer<typeof whoCanSchema>;

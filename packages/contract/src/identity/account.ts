import * as z from 'zod';
import { accessPolicySchema } from '../access/access-policy.ts';

/** RFC 5321, section 4.5.3.1: 64 characters before the @, 254 in all. */
export const emailSchema = z
  .email()
  .max(254)
  .regex(/^[^@]{1,64}@/, 'may have at most 64 characters before the @');

/** Length is what counts (NIST SP 800-63B, 5.1.1.2); what else is asked of one is told when it is refused. */
export const passwordSchema = z.string().min(12).max(200);

/** Somebody of an organisation, as its administrators see them. */
export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.object({ id: z.string(), name: z.string() }),
  /** Their own policy in this organisation; null for none besides that of the role. */
  policy: accessPolicySchema.nullable(),
  /** What both policies together let them know of. */
  effectivePolicy: accessPolicySchema,
  disabled: z.boolean(),
  /** ISO 8601; until then nobody can log in as them, after too many wrong passwords. */
  lockedUntil: z.string().nullable(),
  /** Whether they have a password, and so need no issuer to log in. */
  password: z.boolean(),
  /** Issuers of OpenID Connect through which they log in. */
  issuers: z.array(z.string()),
  /** ISO 8601. */
  createdAt: z.string(),
  lastLoginAt: z.string().nullable(),
});
export type User = z.infer<typeof userSchema>;

/** One login: of a browser, or of a program that has a token for an hour. */
export const loginSessionSchema = z.object({
  id: z.string(),
  kind: z.enum(['browser', 'program']),
  /** Whether it is the one that asks. */
  current: z.boolean(),
  /** ISO 8601. */
  createdAt: z.string(),
  lastSeenAt: z.string(),
  /** When it ends, used or not. */
  expiresAt: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type LoginSession = z.infer<typeof loginSessionSchema>;

export const personalTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Permissions that it may use, as far as its owner has them. */
  scopes: z.array(z.string()),
  /** Its first characters, to be found by. */
  hint: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type PersonalToken = z.infer<typeof personalTokenSchema>;

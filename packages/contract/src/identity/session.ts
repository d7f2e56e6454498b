import * as z from 'zod';
import { accessPolicySchema } from '../access/access-policy.ts';
import { organisationSchema } from './role.ts';

/** `local`: one person on their own machine, who needs no login. `team`: people log in. */
export const workbenchModes = ['local', 'team'] as const;
export type WorkbenchMode = (typeof workbenchModes)[number];

/** Who is asking and what they may do. */
export const sessionSchema = z.object({
  mode: z.enum(workbenchModes),
  /** In team mode their e-mail address. */
  user: z.string(),
  name: z.string(),
  version: z.string(),
  permissions: z.array(z.string()),
  policy: accessPolicySchema,
  /** The one that they act in; null in local mode. */
  organisation: organisationSchema.nullable(),
  /** All that they belong to, with their role in each. */
  organisations: z.array(z.object({ ...organisationSchema.shape, role: z.string() })),
  /** Whether they have a password here that can be changed. */
  password: z.boolean(),
  /** ISO 8601; when the login ends, used or not. Null where there is none. */
  expiresAt: z.string().nullable(),
});
export type Session = z.infer<typeof sessionSchema>;

/** How somebody can log in; all that may be known before. */
export const loginMethodsSchema = z.object({
  mode: z.enum(workbenchModes),
  /** With e-mail address and password. */
  password: z.boolean(),
  /** At an issuer of OpenID Connect, by the name that people know it under; null where none is set up. */
  oidc: z.object({ name: z.string() }).nullable(),
  /** Whether nobody has an account yet: the first is made with the token that the workbench printed when it started. */
  setup: z.boolean(),
});
export type LoginMethods = z.infer<typeof loginMethodsSchema>;

/** A browser is given a cookie, and null here; a program a token for `Authorization: Bearer`. */
export const loggedInSchema = z.object({
  session: sessionSchema,
  token: z.string().nullable(),
  /** ISO 8601; of the session or the token. */
  expiresAt: z.string(),
});
export type LoggedIn = z.infer<typeof loggedInSchema>;

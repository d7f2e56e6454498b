import * as z from 'zod';
import { accessPolicySchema } from '../access/access-policy.ts';
import { emailSchema, userSchema } from '../identity/account.ts';
import { organisationSchema, roleInputShape, roleSchema } from '../identity/role.ts';
import { defineRoute } from './route.ts';

const id = z.string().min(1).max(100);
const byId = { id };

/** Told once, and kept nowhere. */
const withPassword = { password: z.string() };

/** What administrators do, each in the organisation that they act in, and never beyond what they may do themselves. */
export const adminRoutes = {
  listUsers: defineRoute({
    id: 'listUsers',
    method: 'GET',
    path: '/api/admin/users',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'The people of the organisation.',
    input: z.object({}),
    output: z.array(userSchema),
  }),
  createUser: defineRoute({
    id: 'createUser',
    method: 'POST',
    path: '/api/admin/users',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'Takes somebody into the organisation. Whoever is new is given a password, which is told once; who has an account keeps it (null).',
    input: z.object({ email: emailSchema, name: z.string().trim().min(1).max(100), role: id, policy: accessPolicySchema.nullable().default(null) }),
    output: z.object({ user: userSchema, password: z.string().nullable() }),
  }),
  updateUser: defineRoute({
    id: 'updateUser',
    method: 'PATCH',
    path: '/api/admin/users/:id',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'Changes the name or the role of somebody, or disables and enables their account. It holds at once, for what they have open as well.',
    input: z.object({ ...byId, name: z.string().trim().min(1).max(100).optional(), role: id.optional(), disabled: z.boolean().optional() }),
    output: userSchema,
  }),
  resetPassword: defineRoute({
    id: 'resetPassword',
    method: 'POST',
    path: '/api/admin/users/:id/password',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'Gives somebody a new password, which is told once, ends their sessions and lets them log in again after too many wrong passwords.',
    input: z.object(byId),
    output: z.object(withPassword),
  }),
  endUserSessions: defineRoute({
    id: 'endUserSessions',
    method: 'DELETE',
    path: '/api/admin/users/:id/sessions',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'Ends every session and every token of somebody, at once.',
    input: z.object(byId),
    output: z.object({ sessions: z.number().int(), tokens: z.number().int() }),
  }),
  removeMember: defineRoute({
    id: 'removeMember',
    method: 'DELETE',
    path: '/api/admin/users/:id',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'Takes somebody out of the organisation. The account stays, as the ledger names it.',
    input: z.object(byId),
    output: z.array(userSchema),
  }),
  listRoles: defineRoute({
    id: 'listRoles',
    method: 'GET',
    path: '/api/admin/roles',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'The roles that people of the organisation can have.',
    input: z.object({}),
    output: z.array(roleSchema),
  }),
  createRole: defineRoute({
    id: 'createRole',
    method: 'POST',
    path: '/api/admin/roles',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'Makes a role of the organisation.',
    input: z.object(roleInputShape),
    output: roleSchema,
  }),
  replaceRole: defineRoute({
    id: 'replaceRole',
    method: 'PUT',
    path: '/api/admin/roles/:id',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'Makes a role of the organisation another, for everybody who has it, at once.',
    input: z.object({ ...byId, ...roleInputShape }),
    output: roleSchema,
  }),
  deleteRole: defineRoute({
    id: 'deleteRole',
    method: 'DELETE',
    path: '/api/admin/roles/:id',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'Removes a role that nobody has.',
    input: z.object(byId),
    output: z.array(roleSchema),
  }),
  setAccessPolicy: defineRoute({
    id: 'setAccessPolicy',
    method: 'POST',
    path: '/api/admin/access-policy',
    permission: 'identity.manage',
    effect: 'read',
    summary: 'Says what part of the clusters somebody, or everybody with a role, may know of; null takes the restriction away. Who has both is held to both.',
    input: z.object({
      subject: z.discriminatedUnion('kind', [z.object({ kind: z.literal('user'), id }), z.object({ kind: z.literal('role'), id })]),
      policy: accessPolicySchema.nullable(),
    }),
    output: z.object({ policy: accessPolicySchema.nullable() }),
  }),
  createOrganisation: defineRoute({
    id: 'createOrganisation',
    method: 'POST',
    path: '/api/admin/organisations',
    permission: 'organisation.manage',
    effect: 'read',
    summary: 'Makes an organisation, of which whoever asks becomes the owner.',
    input: z.object({ name: z.string().trim().min(1).max(100) }),
    output: organisationSchema,
  }),
} as const;

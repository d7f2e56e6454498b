import { randomUUID } from 'node:crypto';
import { AppError, type LoginSession, type PersonalToken, type Session } from '@quarterdeck/contract';
import {
  createPersonalToken,
  deletePersonalTokens,
  deleteSessions,
  findSession,
  findUser,
  type Member,
  moveSession,
  readMembers,
  readPersonalTokens,
  readSessions,
  type StoredSession,
  type StoredToken,
  type StoredUser,
  updateUser,
} from '@quarterdeck/storage';
import type { Actor } from '../gate/decide.ts';
import { organisationOf } from './boundaries.ts';
import { actorOf } from './effective-access.ts';
import { idleSpan } from './logins.ts';
import { digestOf, hintOf, newPersonalToken } from './opaque-secrets.ts';
import { requireGoodPassword } from './passwords.ts';
import type { Team } from './team.ts';

/** Milliseconds. */
const day = 86_400_000;
/** More are forgotten ones. */
const mostTokens = 50;

/** Who is asking, as their page shows it. */
export async function sessionOf(team: Team, actor: Actor): Promise<Session> {
  const user = await requireUser(team, actor);
  const members = await readMembers(team.db, { user: user.id });
  const session = actor.session === null ? null : await findSession(team.db, { id: actor.session });
  return describe(team, { actor, members, user, expiresAt: session?.expiresAt ?? null });
}

/** The same for somebody who just logged in. */
export async function openedSession(team: Team, member: Member, session: StoredSession): Promise<Session> {
  const members = await readMembers(team.db, { user: member.user.id });
  return describe(team, { actor: actorOf(member, session.id, null), members, user: member.user, expiresAt: session.expiresAt });
}

interface Described {
  actor: Actor;
  members: readonly Member[];
  user: StoredUser;
  expiresAt: number | null;
}

function describe({ version }: Team, { actor, members, user, expiresAt }: Described): Session {
  const organisations = members.map(({ organisation, role }) => ({ ...organisation, role: role.name }));
  return {
    mode: 'team',
    user: actor.id,
    name: actor.name,
    version,
    permissions: [...actor.permissions],
    policy: actor.policy,
    organisation: members.find(({ organisation }) => organisation.id === actor.organisation)?.organisation ?? null,
    organisations,
    password: user.password !== null,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}

/** Throws NOT_FOUND for an organisation that they don't belong to. */
export async function switchOrganisation(team: Team, actor: Actor, organisation: string): Promise<Session> {
  const user = await requireUser(team, actor);
  const [member] = await readMembers(team.db, { user: user.id, organisation });
  const session = actor.session === null ? null : await findSession(team.db, { id: actor.session });
  if (member === undefined || session === null) throw new AppError('NOT_FOUND', 'You belong to no organisation of this name.');
  await moveSession(team.db, session.id, organisation);
  await team.changes.tell();
  return openedSession(team, member, { ...session, organisation });
}

/** Every other login of theirs ends. Throws FORBIDDEN where the present password is another. */
export async function changePassword(team: Team, actor: Actor, { current, next, address }: { current: string; next: string; address: string }): Promise<void> {
  const user = await requireUser(team, actor);
  await team.limits.try(user.email, address);
  if (!(await team.hasher.matches(user.password, current))) {
    await team.limits.failed(user.email);
    throw new AppError('FORBIDDEN', 'The present password is another one.', { hint: 'Type it again, or ask an administrator for a new one.' });
  }
  requireGoodPassword(next, user.email);
  await updateUser(team.db, user.id, { password: await team.hasher.hash(next) });
  await team.limits.succeeded(user.email);
  await deleteSessions(team.db, user.id, { allBut: actor.session });
  await team.changes.tell();
}

export async function listTokens(team: Team, actor: Actor): Promise<PersonalToken[]> {
  const { id } = await requireUser(team, actor);
  return (await readPersonalTokens(team.db, id)).filter(({ expiresAt }) => expiresAt > team.now()).map(tokenShape);
}

/** Permissions that would let a token make others, or reach beyond its owner. */
const notForTokens = ['account.manage', 'identity.manage', 'organisation.manage'];

export interface TokenRequest {
  name: string;
  scopes: readonly string[];
  expiresInDays: number;
}

/** The one moment at which the token is known. Throws FORBIDDEN for scopes beyond the own permissions. */
export async function createToken(team: Team, actor: Actor, { name, scopes, expiresInDays }: TokenRequest): Promise<PersonalToken & { token: string }> {
  const user = await requireUser(team, actor);
  const beyond = scopes.filter((scope) => notForTokens.includes(scope) || ![...actor.permissions].some((permission) => permission === scope));
  if (beyond.length > 0) {
    throw new AppError('FORBIDDEN', `A token of yours can't have ${beyond.join(', ')}.`, {
      hint: 'Choose from your own permissions, without those of accounts.',
    });
  }
  if ((await readPersonalTokens(team.db, user.id)).length >= mostTokens) {
    throw new AppError('CONFLICT', `There are ${mostTokens} tokens already.`, { hint: 'Revoke what is not used any more.' });
  }
  const token = newPersonalToken();
  const now = team.now();
  const stored: StoredToken = {
    id: randomUUID(),
    secret: digestOf(token),
    user: user.id,
    organisation: organisationOf(actor),
    name,
    hint: hintOf(token),
    scopes: [...new Set(scopes)],
    createdAt: now,
    expiresAt: now + expiresInDays * day,
    lastUsedAt: null,
  };
  await createPersonalToken(team.db, stored);
  return { ...tokenShape(stored), token };
}

/** Throws NOT_FOUND for one that is not theirs. */
export async function revokeToken(team: Team, actor: Actor, id: string): Promise<PersonalToken[]> {
  const user = await requireUser(team, actor);
  if ((await deletePersonalTokens(team.db, user.id, id)) === 0) throw new AppError('NOT_FOUND', 'You have no such token.');
  await team.changes.tell();
  return listTokens(team, actor);
}

export async function listSessions(team: Team, actor: Actor): Promise<LoginSession[]> {
  const { id } = await requireUser(team, actor);
  const now = team.now();
  const open = (await readSessions(team.db, id)).filter(({ expiresAt, seenAt }) => expiresAt > now && seenAt > now - idleSpan);
  return open.map((session) => sessionShape(session, actor.session));
}

/** Throws NOT_FOUND for one that is not theirs. */
export async function endSession(team: Team, actor: Actor, id: string): Promise<void> {
  const user = await requireUser(team, actor);
  if ((await deleteSessions(team.db, user.id, { id })) === 0) throw new AppError('NOT_FOUND', 'You have no such session.');
  await team.changes.tell();
}

/** Ends the session, or the token, with which somebody asks. */
export async function logOut(team: Team, { id: email, session }: Actor): Promise<void> {
  const user = await findUser(team.db, { email });
  if (user === null || session === null) return;
  if ((await deleteSessions(team.db, user.id, { id: session })) === 0) await deletePersonalTokens(team.db, user.id, session);
  await team.changes.tell();
}

/** The account of who asks. Throws AUTH_REQUIRED where it is gone. */
export async function requireUser(team: Team, actor: Actor): Promise<StoredUser> {
  const user = await findUser(team.db, { email: actor.id });
  if (user === null) throw new AppError('AUTH_REQUIRED', 'Nobody is logged in.', { hint: 'Log in.' });
  return user;
}

function sessionShape({ id, secret, createdAt, seenAt, expiresAt, address, userAgent }: StoredSession, current: string | null): LoginSession {
  return {
    id,
    kind: secret === null ? 'program' : 'browser',
    current: id === current,
    createdAt: new Date(createdAt).toISOString(),
    lastSeenAt: new Date(seenAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    address,
    userAgent,
  };
}

function tokenShape({ id, name, scopes, hint, createdAt, expiresAt, lastUsedAt }: StoredToken): PersonalToken {
  return {
    id,
    name,
    scopes,
    hint,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  };
}

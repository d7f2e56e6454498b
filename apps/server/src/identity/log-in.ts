import { randomUUID } from 'node:crypto';
import { recordAct } from '@quarterdeck/cluster';
import { AppError, emailSchema, toAppError } from '@quarterdeck/contract';
import { findUser, foundTeam, type Member, readMembers, type StoredUser, updateUser } from '@quarterdeck/storage';
import type { Caller } from '../ledger/acts.ts';
import { actorOf } from './effective-access.ts';
import { normalEmail } from './login-limits.ts';
import { requireGoodPassword } from './passwords.ts';
import type { Team } from './team.ts';

/** The organisation of the first account, and of whoever comes from an issuer. */
export const defaultOrganisation = { id: 'default', name: 'Default' };

/** Who somebody is by e-mail address and password. What is wrong is not told, and takes as long as what is right. */
export async function identify(team: Team, { email, password, address }: { email: string; password: string; address: string }): Promise<Member> {
  await team.limits.try(email, address);
  const user = await findUser(team.db, { email: normalEmail(email) });
  const matches = await team.hasher.matches(user?.password ?? null, password);
  if (user === null || !matches || user.disabled) {
    await team.limits.failed(email);
    throw new AppError('AUTH_REQUIRED', 'The e-mail address or the password is wrong.', {
      hint: 'Try again, or ask an administrator for a new password.',
    });
  }
  await team.limits.succeeded(email);
  return memberOf(team, user);
}

/** In the organisation that is named, else in the first of theirs. Throws FORBIDDEN for who is in none. */
export async function memberOf(team: Team, user: StoredUser, organisation?: string): Promise<Member> {
  const [member] = await readMembers(team.db, { user: user.id, ...(organisation === undefined ? {} : { organisation }) });
  if (member !== undefined) return member;
  throw new AppError('FORBIDDEN', 'This account belongs to no organisation.', { hint: 'Ask an administrator to take you in.' });
}

export interface FirstAccount {
  email: string;
  name: string;
  password: string;
}

/** Makes the first account, with an organisation that it owns. Throws CONFLICT where there is one already. */
export async function makeFirstAccount(team: Team, { email, name, password }: FirstAccount): Promise<Member> {
  requireGoodPassword(password, normalEmail(email));
  const owner = newUser(team, { email, name, password: await team.hasher.hash(password) });
  await foundTeam(team.db, defaultOrganisation, owner);
  return memberOf(team, owner);
}

/** `password` is a hash, or null for who logs in elsewhere. */
export function newUser(team: Team, { email, name, password }: Pick<StoredUser, 'email' | 'name' | 'password'>): StoredUser {
  return { id: randomUUID(), email: normalEmail(email), name, password, disabled: false, createdAt: team.now(), lastLoginAt: null };
}

export interface LoginAttempt {
  method: 'password' | 'setup' | 'oidc';
  /** What somebody typed; kept where it is an address and not, say, a password in the wrong field. */
  email: string | null;
  who(): Promise<Member>;
}

/** A login with its trace in the ledger: under the name of the person, or, where it fails, under nobody's. What the limits turn away leaves none. */
export async function recordedLogin<T>(team: Team, caller: Caller, attempt: LoginAttempt, open: (member: Member) => Promise<T>): Promise<T> {
  const email = emailSchema.safeParse(normalEmail(attempt.email ?? '')).data ?? null;
  const action = attempt.method === 'setup' ? 'team.setup' : 'session.login';
  const draft = { action, target: null, input: { method: attempt.method, email }, kubectl: null } as const;
  const member = await attempt.who().catch((thrown: unknown) => {
    if (toAppError(thrown).code === 'RATE_LIMITED') throw thrown;
    return recordAct<Member>(team.acts.of(caller, null), draft, () => Promise.reject(thrown));
  });
  return recordAct(team.acts.of({ ...caller, actor: actorOf(member, null, null) }, null), draft, async () => {
    await updateUser(team.db, member.user.id, { lastLoginAt: team.now() });
    return open(member);
  });
}

import { AppError } from '@quarterdeck/contract';
import {
  alone,
  createOrganisation,
  createUser,
  findFederatedUser,
  findUser,
  linkFederatedUser,
  type Member,
  putMembership,
  readMembers,
  readRoles,
  type StoredUser,
} from '@quarterdeck/storage';
import { hasOwner } from './boundaries.ts';
import { defaultOrganisation, memberOf, newUser } from './log-in.ts';
import { normalEmail } from './login-limits.ts';
import type { FederatedPerson } from './oidc-login.ts';
import type { OidcOptions } from './oidc-options.ts';
import type { Team } from './team.ts';

/**
 * Lets somebody in whom an issuer vouches for. They are known by issuer and subject; the first time, an account with their
 * (verified) e-mail address becomes theirs, or a new one is made. Their groups say which role they have, each time anew.
 * Throws FORBIDDEN where no group gives them one, or the account is disabled.
 */
export async function admitFederated(team: Team, roles: OidcOptions['roles'], person: FederatedPerson): Promise<Member> {
  const role = roles.find(({ group }) => group === '*' || person.groups.includes(group))?.role;
  if (role === undefined) {
    throw new AppError('FORBIDDEN', 'None of your groups gives you a role here.', { hint: 'Ask an administrator of this workbench.' });
  }
  await requireOrganisation(team);
  const user = await alone(team.db, defaultOrganisation.id, async (db) => {
    const known = await accountOf(db, team, person);
    await giveRole(db, known, role);
    return known;
  });
  if (user.disabled) throw new AppError('FORBIDDEN', 'This account is disabled.', { hint: 'Ask an administrator of this workbench.' });
  await team.changes.tell();
  return memberOf(team, user, defaultOrganisation.id);
}

async function requireOrganisation({ db, now }: Team): Promise<void> {
  if ((await readMembers(db, { organisation: defaultOrganisation.id })).length > 0) return;
  await createOrganisation(db, defaultOrganisation, now()).catch((thrown: unknown) => {
    // Somebody else came first.
    if (!(thrown instanceof AppError) || thrown.code !== 'CONFLICT') throw thrown;
  });
}

async function accountOf(db: Team['db'], team: Team, { issuer, subject, email, name }: FederatedPerson): Promise<StoredUser> {
  const linked = await findFederatedUser(db, issuer, subject);
  if (linked !== null) return linked;
  const sameAddress = await findUser(db, { email: normalEmail(email) });
  const user = sameAddress ?? newUser(team, { email, name, password: null });
  if (sameAddress === null) await createUser(db, user);
  await linkFederatedUser(db, { issuer, subject, user: user.id });
  return user;
}

/** The last owner stays one, whatever the groups say: somebody has to be able to mend them. */
async function giveRole(db: Team['db'], { id }: StoredUser, role: string): Promise<void> {
  if (!(await readRoles(db, defaultOrganisation.id)).some((each) => each.id === role)) {
    throw new AppError('FORBIDDEN', `The role ${role}, which your groups give you, does not exist here.`, {
      hint: 'An administrator can correct QUARTERDECK_OIDC_ROLES, or make the role.',
    });
  }
  const members = await readMembers(db, { organisation: defaultOrganisation.id });
  const present = members.find(({ user }) => user.id === id);
  if (present?.role.id === role) return;
  if (present?.role.id === 'owner' && !hasOwner(members.filter(({ user }) => user.id !== id))) return;
  await putMembership(db, { user: id, organisation: defaultOrganisation.id, role });
}

import { sep } from 'node:path';
import type { AccessPolicy } from '@quarterdeck/contract';
import {
  createUser,
  deletePersonalTokens,
  deleteSessions,
  findUser,
  foundTeam,
  hasUsers,
  putAccessPolicy,
  putMembership,
  type StoredUser,
  updateUser,
} from '@quarterdeck/storage';
import type { ClusterSource } from '../clusters/cluster-source.ts';
import { defaultOrganisation, newUser } from './log-in.ts';
import { newPassword } from './passwords.ts';
import type { Team } from './team.ts';

/** An account to try a team with. The password is of this start, and told once. */
export interface DemoAccount {
  email: string;
  password: string;
  /** For people. */
  sees: string;
}

/** What the second account may know of. */
export const demoPolicy: AccessPolicy = { namespaces: ['broken', 'default'], kinds: ['Pod', 'Deployment', 'Event'] };

const demoAdmin = 'admin@clustercodex.local';
const demoUser = 'user@clustercodex.local';

/** Whether all there is to see are recordings and sandboxes: nothing that anybody lives by. */
export function isForTrying(sources: readonly Pick<ClusterSource, 'id' | 'recordedAt' | 'context'>[]): boolean {
  return sources.every((source) => source.recordedAt !== null || isSandbox(source));
}

/** `qd sandbox` calls the context of its cluster NAME so, and keeps its kubeconfig in a folder of that name. */
function isSandbox({ id, context }: Pick<ClusterSource, 'id' | 'context'>): boolean {
  const [file, name, folder] = (context?.file ?? '').split(sep).reverse();
  return file === 'kubeconfig' && folder === 'sandbox' && id === `quarterdeck-${name}`;
}

/** Two accounts to try a team with: one sees all, the other two namespaces and three kinds. What they had open before has ended. */
export async function makeDemoAccounts(team: Team): Promise<DemoAccount[]> {
  const admin = { email: demoAdmin, password: newPassword(), sees: 'everything' };
  const user = { email: demoUser, password: newPassword(), sees: `${demoPolicy.kinds.join(', ')} in ${demoPolicy.namespaces.join(' and ')}` };
  await giveAccount(team, admin, 'owner');
  const { id } = await giveAccount(team, user, 'operator');
  await putAccessPolicy(team.db, defaultOrganisation.id, { kind: 'user', id }, demoPolicy);
  return [admin, user];
}

async function giveAccount(team: Team, { email, password }: Pick<DemoAccount, 'email' | 'password'>, role: string): Promise<StoredUser> {
  const hash = await team.hasher.hash(password);
  const known = await findUser(team.db, { email });
  const user = known ?? newUser(team, { email, name: email.split('@')[0] ?? email, password: hash });
  if (known !== null) {
    await updateUser(team.db, user.id, { password: hash, disabled: false });
    await deleteSessions(team.db, user.id, { allBut: null });
    await deletePersonalTokens(team.db, user.id, null);
  } else if (await hasUsers(team.db)) await createUser(team.db, user);
  else await foundTeam(team.db, defaultOrganisation, user);
  await putMembership(team.db, { user: user.id, organisation: defaultOrganisation.id, role });
  return user;
}

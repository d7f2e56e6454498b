import { hasUsers } from '@quarterdeck/storage';
import { workbenchItself } from '../gate/actors.ts';
import type { Services } from '../routes/services.ts';
import { type DemoAccount, makeDemoAccounts } from './demo-team.ts';
import { makeFirstAccount, recordedLogin } from './log-in.ts';
import { lookAfterLogins } from './look-after-logins.ts';
import { OidcLogin } from './oidc-login.ts';
import { type HashCost, usualCost } from './passwords.ts';
import { type SessionCookies, sessionCookies } from './session-cookies.ts';
import { createTeam, type Team } from './team.ts';
import type { TeamOptions } from './team-options.ts';

/** A team, and the ways in which people come in. */
export interface TeamDoor {
  team: Team;
  cookies: SessionCookies;
  oidc: OidcLogin | null;
  /** Accounts to try it with, whose passwords are of this start. */
  demo: readonly DemoAccount[];
  close(): void;
}

export interface OpenTeamOptions extends TeamOptions {
  port: number;
  /** Whether browsers come over TLS. */
  secure: boolean;
  hashCost?: HashCost;
}

type TeamServices = Pick<Services, 'storage' | 'shared' | 'acts' | 'secrets' | 'version' | 'log'>;

/** Opens a workbench to a team; the caller closes it. It comes with the account that the environment names, where nobody has one yet. */
export async function openTeam(services: TeamServices, { port, secure, admin, oidc, demo: isDemo, hashCost = usualCost }: OpenTeamOptions): Promise<TeamDoor> {
  const { storage, shared } = services;
  const team = createTeam({ ...services, hashCost, now: Date.now });
  if (admin !== null && !(await hasUsers(storage.db))) await makeNamedAdmin(team, admin);
  const demo = isDemo ? await makeDemoAccounts(team) : [];
  return {
    team,
    cookies: sessionCookies({ port, secure }),
    oidc: oidc === null ? null : new OidcLogin(oidc, shared),
    demo,
    close: lookAfterLogins(team, services.log),
  };
}

/** A token with which a person makes the first account; null where somebody has one. */
export async function setupToken({ db, setup }: Pick<Team, 'db' | 'setup'>): Promise<string | null> {
  return (await hasUsers(db)) ? null : setup.issue();
}

async function makeNamedAdmin(team: Team, { email, password }: { email: string; password: string }): Promise<void> {
  const who = () => makeFirstAccount(team, { email, name: 'Administrator', password });
  await recordedLogin(team, { actor: workbenchItself, via: 'server', requestId: '' }, { method: 'setup', email, who }, async () => undefined);
}

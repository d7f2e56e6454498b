import type { OpenStorage, SecretStore } from '@quarterdeck/storage';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import type { Logger } from 'pino';
import type { Acts } from '../ledger/acts.ts';
import { type AccessChanges, accessChanges } from './access-changes.ts';
import { LoginLimits } from './login-limits.ts';
import { Logins } from './logins.ts';
import { type HashCost, PasswordHasher } from './passwords.ts';
import { ProgramTokens } from './program-tokens.ts';
import { SetupToken } from './setup-token.ts';

export interface TeamContext {
  storage: OpenStorage;
  shared: SharedMemory;
  acts: Acts;
  /** Opened when it is needed for the first time. */
  secrets(): Promise<SecretStore>;
  hashCost: HashCost;
  version: string;
  /** Epoch milliseconds. */
  now(): number;
  log: Logger;
}

/** What a workbench where people log in works with besides. It owns nothing that would have to be closed. */
export interface Team {
  db: OpenStorage['db'];
  acts: Acts;
  hasher: PasswordHasher;
  limits: LoginLimits;
  logins: Logins;
  changes: AccessChanges;
  setup: SetupToken;
  version: string;
  now(): number;
}

export function createTeam({ storage: { db }, shared, acts, secrets, hashCost, version, now, log }: TeamContext): Team {
  const tokens = new ProgramTokens({ db, secrets, now, log });
  return {
    db,
    acts,
    hasher: new PasswordHasher(hashCost),
    limits: new LoginLimits(db, shared, now),
    logins: new Logins({ db, tokens, now }),
    changes: accessChanges(shared),
    setup: new SetupToken(shared),
    version,
    now,
  };
}

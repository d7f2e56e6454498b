import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import * as ledger from './0001-ledger.ts';
import * as state from './0002-state.ts';
import * as secrets from './0003-secrets.ts';
import * as identity from './0004-identity.ts';
import * as actions from './0005-actions.ts';
import * as assistant from './0006-assistant.ts';
import * as sharedConversations from './0007-shared-conversations.ts';

/** Brings the tables one step on. It runs on both engines, in one transaction with the others, and is never changed once released. */
export type Migration = (db: Kysely<Tables>) => Promise<void>;

/** In the order in which they run. */
export const migrations: readonly { name: string; up: Migration }[] = [
  { name: '0001-ledger', up: ledger.up },
  { name: '0002-state', up: state.up },
  { name: '0003-secrets', up: secrets.up },
  { name: '0004-identity', up: identity.up },
  { name: '0005-actions', up: actions.up },
  { name: '0006-assistant', up: assistant.up },
  { name: '0007-shared-conversations', up: sharedConversations.up },
];

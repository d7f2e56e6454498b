import type { AssistantTables } from '../assistant/assistant-rows.ts';

/**
 * Every table with its columns as they come out of both engines. Portable by rule: text, whole numbers (milliseconds,
 * sequence numbers, 0 and 1), JSON as text. docs/recipes/add-a-migration.md says how to add one.
 */
export interface Tables extends AssistantTables {
  migrations: { name: string; at: number };
  /** Small facts by name: who holds the storage. */
  facts: { name: string; value: string };
  ledger: LedgerRow;
  ledger_head: LedgerHeadRow;
  dismissals: { cluster: string; issue: string; reason: string; at: string; actor: string };
  /** `declaration` is JSON; `place` keeps the order in which they were made. */
  forwards: { id: string; place: number; declaration: string };
  /** `sealed` is what a SecretBox made of the value. */
  secrets: { name: string; sealed: string; at: number };
  /** `document` is the Action as JSON; `held_until` is null where nobody carries it out. */
  actions: { id: string; cluster: string; issue: string | null; state: string; at: number; held_until: number | null; document: string };
  action_approvals: { action: string; hash: string; actor: string; at: number };
  organisations: { id: string; name: string; created_at: number };
  /** `password` is a PHC string; null for who logs in at an issuer alone. */
  users: { id: string; email: string; name: string; password: string | null; disabled: number; created_at: number; last_login_at: number | null };
  federated_accounts: { issuer: string; subject: string; user_id: string };
  /** `grants` is a JSON array; `organisation` is null for a built-in role, which all of them have. */
  roles: { id: string; organisation: string | null; name: string; description: string; grants: string; built_in: number };
  memberships: { user_id: string; organisation: string; role: string };
  /** `policy` is JSON. */
  access_policies: { organisation: string; subject_kind: string; subject: string; policy: string };
  sessions: SessionRow;
  personal_tokens: PersonalTokenRow;
  /** `account` is a digest of what was typed as e-mail address, whether somebody has it or not. */
  login_attempts: { account: string; failed: number; locked_until: number; at: number };
  /** `public_key` is a JWK; the private key is among the secrets. */
  signing_keys: { kid: string; public_key: string; created_at: number };
}

/** `secret` is the SHA-256 of what the browser holds; null for a program, which shows a signed token with the id. */
export interface SessionRow {
  id: string;
  secret: string | null;
  user_id: string;
  organisation: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
  address: string | null;
  user_agent: string | null;
}

/** `secret` is the SHA-256 of the token; `scopes` is a JSON array. */
export interface PersonalTokenRow {
  id: string;
  secret: string;
  user_id: string;
  organisation: string;
  name: string;
  hint: string;
  scopes: string;
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
}

/** `record` is canonical JSON and what counts; the columns between are read from it, to be searched by. */
export interface LedgerRow {
  seq: number;
  act: string;
  phase: string;
  at: number;
  actor: string | null;
  via: string | null;
  cluster: string | null;
  action: string | null;
  namespace: string | null;
  kind: string | null;
  name: string | null;
  outcome: string | null;
  record: string;
  previous: string;
  hash: string;
}

/** One row. `floor` is the last row that retention took away, with its hash, on which the kept ones build. */
export interface LedgerHeadRow {
  id: number;
  seq: number;
  hash: string;
  floor: number;
  floor_hash: string;
}

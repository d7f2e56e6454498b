/**
 * Every table with its columns as they come out of both engines. Portable by rule: text, whole numbers (milliseconds,
 * sequence numbers, 0 and 1), JSON as text. docs/recipes/add-a-migration.md says how to add one.
 */
export interface Tables {
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

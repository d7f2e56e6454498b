import * as z from 'zod';

/**
 * The file of `qd storage export`: lines of JSON. First `{format, version, migration}`, then a line for every row, at last
 * how many rows there were: a file that was cut off is told by its missing end.
 */
export const fileFormat = 'quarterdeck-storage';

const whole = z.number().int();
const text = z.string();

export const rowSchemas = {
  ledger: z.strictObject({
    seq: whole,
    act: text,
    phase: text,
    at: whole,
    actor: text.nullable(),
    via: text.nullable(),
    cluster: text.nullable(),
    action: text.nullable(),
    namespace: text.nullable(),
    kind: text.nullable(),
    name: text.nullable(),
    outcome: text.nullable(),
    record: text,
    previous: text,
    hash: text,
  }),
  ledger_head: z.strictObject({ id: z.literal(1), seq: whole, hash: text, floor: whole, floor_hash: text }),
  dismissals: z.strictObject({ cluster: text, issue: text, reason: text, at: text, actor: text }),
  forwards: z.strictObject({ id: text, place: whole, declaration: text }),
  secrets: z.strictObject({ name: text, sealed: text, at: whole }),
  organisations: z.strictObject({ id: text, name: text, created_at: whole }),
  users: z.strictObject({
    id: text,
    email: text,
    name: text,
    password: text.nullable(),
    disabled: whole,
    created_at: whole,
    last_login_at: whole.nullable(),
  }),
  federated_accounts: z.strictObject({ issuer: text, subject: text, user_id: text }),
  /** The built-in ones are there wherever the tables are. */
  roles: z.strictObject({ id: text, organisation: text, name: text, description: text, grants: text, built_in: z.literal(0) }),
  memberships: z.strictObject({ user_id: text, organisation: text, role: text }),
  access_policies: z.strictObject({ organisation: text, subject_kind: text, subject: text, policy: text }),
  personal_tokens: z.strictObject({
    id: text,
    secret: text,
    user_id: text,
    organisation: text,
    name: text,
    hint: text,
    scopes: text,
    created_at: whole,
    expires_at: whole,
    last_used_at: whole.nullable(),
  }),
  signing_keys: z.strictObject({ kid: text, public_key: text, created_at: whole }),
  ai_conversations: z.strictObject({
    id: text,
    user_id: text,
    organisation: text,
    title: text,
    cluster: text.nullable(),
    created_at: whole,
    updated_at: whole,
    head: text.nullable(),
    aliases: text.nullable(),
    // A file of before conversations could be shared has none.
    shared_sight: text.nullable().default(null),
  }),
  ai_messages: z.strictObject({ id: text, conversation: text, created_at: whole, state: text, writer: text.nullable(), content: text }),
  ai_search: z.strictObject({ entry: text, conversation: text, words: text }),
  ai_runs: z.strictObject({ id: text, user_id: text, organisation: text, message: text.nullable(), at: whole, summary: text, details: text }),
  ai_feedback: z.strictObject({ message: text, rating: text, comment: text, at: whole }),
  ai_settings: z.strictObject({ organisation: text, user_id: text, name: text, value: text }),
};

/** Tables that are carried from one storage to another, in this order. */
export type CarriedTable = keyof typeof rowSchemas;

const line = <T extends CarriedTable>(table: T) => z.object({ table: z.literal(table), row: rowSchemas[table] });

export const lineSchema = z.union([
  z.object({ format: z.literal(fileFormat), version: z.literal(1), migration: text, at: text }),
  z.discriminatedUnion('table', [
    line('ledger_head'),
    line('ledger'),
    line('dismissals'),
    line('forwards'),
    line('secrets'),
    line('organisations'),
    line('users'),
    line('federated_accounts'),
    line('roles'),
    line('memberships'),
    line('access_policies'),
    line('personal_tokens'),
    line('signing_keys'),
    line('ai_conversations'),
    line('ai_messages'),
    line('ai_search'),
    line('ai_runs'),
    line('ai_feedback'),
    line('ai_settings'),
  ]),
  z.object({ end: z.literal(true), rows: whole }),
]);
export type StorageLine = z.infer<typeof lineSchema>;

import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export async function up(db: Kysely<Tables>): Promise<void> {
  await createPeople(db);
  await createRoles(db);
  await createLogins(db);
  await db
    .insertInto('roles')
    .values(builtInRoles.map(({ grants, ...role }) => ({ ...role, organisation: null, grants: JSON.stringify(grants), built_in: 1 })))
    .execute();
}

async function createPeople(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('organisations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('password', 'text')
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_login_at', 'bigint')
    .execute();
  await db.schema
    .createTable('federated_accounts')
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
    .addPrimaryKeyConstraint('federated_accounts_key', ['issuer', 'subject'])
    .execute();
}

async function createRoles(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('roles')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organisation', 'text', (column) => column.references('organisations.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('grants', 'text', (column) => column.notNull())
    .addColumn('built_in', 'integer', (column) => column.notNull())
    .addUniqueConstraint('roles_name', ['organisation', 'name'])
    .execute();
  await db.schema
    .createTable('memberships')
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisations.id'))
    .addColumn('role', 'text', (column) => column.notNull().references('roles.id'))
    .addPrimaryKeyConstraint('memberships_key', ['user_id', 'organisation'])
    .execute();
  await db.schema
    .createTable('access_policies')
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisations.id'))
    .addColumn('subject_kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('policy', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('access_policies_key', ['organisation', 'subject_kind', 'subject'])
    .execute();
}

async function createLogins(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('secret', 'text', (column) => column.unique())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisations.id'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('address', 'text')
    .addColumn('user_agent', 'text')
    .execute();
  await db.schema.createIndex('sessions_by_user').on('sessions').column('user_id').execute();
  await db.schema
    .createTable('personal_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('secret', 'text', (column) => column.notNull().unique())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisations.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('hint', 'text', (column) => column.notNull())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .execute();
  await db.schema.createIndex('personal_tokens_by_user').on('personal_tokens').column('user_id').execute();
  await db.schema
    .createTable('login_attempts')
    .addColumn('account', 'text', (column) => column.primaryKey())
    .addColumn('failed', 'integer', (column) => column.notNull())
    .addColumn('locked_until', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('signing_keys')
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
}

const reading = ['session.read', 'account.manage', 'cluster.read', 'cluster.select', 'resource.read', 'log.read', 'metric.read', 'helm.read', 'issue.read'];
const operating = ['session.*', 'account.*', 'cluster.read', 'cluster.select', 'resource.*', 'log.*', 'metric.*', 'pod.*', 'node.*', 'helm.*', 'bundle.*'];

const builtInRoles = [
  { id: 'owner', name: 'Owner', description: 'May do everything, and is the only one who may act on owners.', grants: ['*'] },
  {
    id: 'admin',
    name: 'Administrator',
    description: 'Operates clusters, looks after people, roles and policies, and reads the ledger.',
    grants: [...operating, 'cluster.*', 'issue.*', 'alert.*', 'plan.*', 'action.*', 'ai:*', 'audit.*', 'identity.*', 'server.*'],
  },
  {
    id: 'operator',
    name: 'Operator',
    description: 'Sees and changes what is in the clusters.',
    grants: [...operating, 'issue.*', 'alert.read', 'plan.*', 'action.*', 'ai:chat'],
  },
  {
    id: 'viewer',
    name: 'Viewer',
    description: 'Sees what is in the clusters and why something is broken, and changes nothing.',
    grants: [...reading, 'alert.read', 'plan.create', 'action.read', 'ai:chat'],
  },
];

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenStorage, openStorage } from '../database/open-storage.ts';
import { startEngines, type TestEngines } from '../testing/engines.ts';
import { sampleSession, sampleTeam, sampleUser, shop } from '../testing/sample-team.ts';
import { foundOrganisation, foundTeam } from './found-organisation.ts';
import { countFailedLogin, forgetLoginAttempts, readLoginAttempts } from './login-attempts.ts';
import { deleteMembership, putAccessPolicy, putMembership, readMembers, readRolePolicies } from './organisations.ts';
import { deletePersonalTokens, findPersonalToken, readPersonalTokens, touchPersonalToken } from './personal-tokens.ts';
import { createRole, deleteRole, readRoles, replaceRole } from './roles.ts';
import { createSession, deleteEndedLogins, deleteSessions, findSession, moveSession, readSessions, touchSession } from './sessions.ts';
import { deleteSigningKey, readSigningKeys } from './signing-keys.ts';
import { createUser, findFederatedUser, findUser, hasUsers, updateUser } from './users.ts';

let engines: TestEngines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.close());

/** What every engine promises. */
describe.each(['sqlite', 'postgres'] as const)('accounts on %s', (engine) => {
  beforeEach(({ skip }) => skip(!engines.has(engine), 'PostgreSQL is not installed'));

  const opened: OpenStorage[] = [];
  const open = async () => {
    const storage = await openStorage(await engines.newUrl(engine), { role: 'guest' });
    opened.push(storage);
    return storage.db;
  };
  afterAll(() => Promise.all(opened.map((storage) => storage.close())));

  it('begin with one owner, however many try at the same time', async () => {
    const db = await open();
    expect(await hasUsers(db)).toBe(false);
    const tries = await Promise.allSettled(['ada', 'bob', 'eve'].map((id) => foundTeam(db, shop, sampleUser(id))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(tries.filter((attempt) => attempt.status === 'rejected' && attempt.reason.code === 'CONFLICT')).toHaveLength(2);
    expect(await readMembers(db, {})).toMatchObject([{ organisation: shop, role: { id: 'owner', grants: ['*'] } }]);
  });

  it('are known by e-mail address or by an account of an issuer, and change where something is said', async () => {
    const db = await open();
    await sampleTeam(db);
    await expect(createUser(db, { ...sampleUser('other'), email: 'ada@shop.example' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await updateUser(db, 'bob', { password: 'phc', lastLoginAt: 7 });
    await updateUser(db, 'bob', { disabled: true });
    const bob = { ...sampleUser('bob'), password: 'phc', lastLoginAt: 7, disabled: true };
    expect(await findUser(db, { email: 'bob@shop.example' })).toEqual(bob);
    expect(await findFederatedUser(db, 'https://issuer.example', 'b')).toEqual(bob);
    expect(await findFederatedUser(db, 'https://other.example', 'b')).toBeNull();
    expect(await findUser(db, { id: 'none' })).toBeNull();
    await expect(updateUser(db, 'none', { name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('have in each organisation one role, and the policies of themselves and of the role there', async () => {
    const db = await open();
    await sampleTeam(db);
    await foundOrganisation(db, { id: 'farm', name: 'Farm' }, 'bob', 1);
    const policies = { userPolicy: { namespaces: ['bakery'], kinds: ['Pod'] }, rolePolicy: { namespaces: ['*'], kinds: ['Pod', 'Service'] } };
    expect(await readMembers(db, { user: 'bob' })).toMatchObject([
      { organisation: { id: 'farm' }, role: { id: 'owner' }, userPolicy: null, rolePolicy: null },
      { organisation: shop, role: { id: 'baker' }, ...policies },
    ]);
    expect((await readMembers(db, { organisation: 'shop' })).map(({ user }) => user.id)).toEqual(['ada', 'bob']);
    await putMembership(db, { user: 'bob', organisation: 'shop', role: 'viewer' });
    expect(await readMembers(db, { user: 'bob', organisation: 'shop' })).toMatchObject([{ role: { id: 'viewer' }, rolePolicy: null }]);
    await putAccessPolicy(db, 'farm', { kind: 'role', id: 'viewer' }, { namespaces: [], kinds: [] });
    expect(await readMembers(db, { user: 'bob', organisation: 'shop' })).toMatchObject([{ rolePolicy: null }]);
    await putAccessPolicy(db, 'shop', { kind: 'user', id: 'bob' }, null);
    expect(await readMembers(db, { user: 'bob', organisation: 'shop' })).toMatchObject([{ userPolicy: null }]);
    await deleteMembership(db, 'bob', 'shop');
    expect([await readSessions(db, 'bob'), await readPersonalTokens(db, 'bob')]).toEqual([[], []]);
    expect((await readMembers(db, { user: 'bob' })).map(({ organisation }) => organisation.id)).toEqual(['farm']);
  });

  it('are given roles of the organisation, and the built-in ones, which stay', async () => {
    const db = await open();
    await sampleTeam(db);
    await foundOrganisation(db, { id: 'farm', name: 'Farm' }, 'ada', 1);
    expect((await readRoles(db, 'shop')).map(({ id }) => id)).toEqual(['admin', 'operator', 'owner', 'viewer', 'baker']);
    expect((await readRoles(db, 'farm')).map(({ id }) => id)).not.toContain('baker');
    await expect(createRole(db, { id: 'b2', organisation: 'shop', name: 'Baker', description: '', grants: [] })).rejects.toMatchObject({ code: 'CONFLICT' });
    await replaceRole(db, { id: 'baker', organisation: 'shop', name: 'Chef', description: 'cooks', grants: ['pod.exec'] });
    await replaceRole(db, { id: 'owner', organisation: 'shop', name: 'Nobody', description: '', grants: [] });
    await replaceRole(db, { id: 'baker', organisation: 'farm', name: 'Nobody', description: '', grants: [] });
    expect((await readRoles(db, 'shop')).map(({ name }) => name)).toEqual(['Administrator', 'Operator', 'Owner', 'Viewer', 'Chef']);
    await expect(deleteRole(db, 'shop', 'baker')).rejects.toMatchObject({ code: 'CONFLICT' });
    await deleteMembership(db, 'bob', 'shop');
    await deleteRole(db, 'farm', 'baker');
    expect((await readRoles(db, 'shop')).map(({ id }) => id)).toContain('baker');
    await deleteRole(db, 'shop', 'baker');
    expect((await readRoles(db, 'shop')).map(({ id }) => id)).not.toContain('baker');
    expect(await readRolePolicies(db, 'shop')).toEqual(new Map());
  });

  it('are logged in until a session is ended, unused for long, or old', async () => {
    const db = await open();
    await sampleTeam(db);
    await createSession(db, { ...sampleSession('s2', 'bob'), seenAt: 5 });
    await createSession(db, { ...sampleSession('s3', 'ada'), secret: null, expiresAt: 10_000 });
    await createSession(db, { ...sampleSession('s4', 'ada'), secret: null });
    await expect(createSession(db, { ...sampleSession('s5', 'ada'), secret: 'secret-s1' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await findSession(db, { secret: 'secret-s2' })).toEqual({ ...sampleSession('s2', 'bob'), seenAt: 5 });
    expect(await findSession(db, { id: 's3' })).toMatchObject({ user: 'ada', secret: null });
    await foundOrganisation(db, { id: 'farm', name: 'Farm' }, 'bob', 1);
    await moveSession(db, 's1', 'farm');
    await touchSession(db, 's1', 9);
    expect((await readSessions(db, 'bob')).map(({ id, organisation }) => [id, organisation])).toEqual([
      ['s1', 'farm'],
      ['s2', 'shop'],
    ]);
    expect(await deleteSessions(db, 'ada', { id: 's1' })).toBe(0);
    expect(await deleteSessions(db, 'bob', { allBut: 's2' })).toBe(1);
    await touchSession(db, 's3', 600);
    await deleteEndedLogins(db, { now: 999, idleSince: 4 });
    expect(await findSession(db, { secret: 'secret-s2' })).not.toBeNull();
    await deleteEndedLogins(db, { now: 2_000, idleSince: 500 });
    expect((await readSessions(db, 'ada')).map(({ id }) => id)).toEqual(['s3']);
    expect(await readPersonalTokens(db, 'bob')).toEqual([]);
  });

  it('have tokens for their programs, found by what they hash to', async () => {
    const db = await open();
    await sampleTeam(db);
    await touchPersonalToken(db, 't1', 8);
    expect(await findPersonalToken(db, { secret: 'secret-t1' })).toMatchObject({ id: 't1', user: 'bob', scopes: ['pod.exec'], lastUsedAt: 8 });
    expect(await findPersonalToken(db, { id: 't1' })).toMatchObject({ secret: 'secret-t1' });
    expect(await findPersonalToken(db, { secret: 't1' })).toBeNull();
    expect(await deletePersonalTokens(db, 'ada', 't1')).toBe(0);
    expect(await deletePersonalTokens(db, 'bob', null)).toBe(1);
  });

  it('are locked after wrong passwords, of which none is missed', async () => {
    const db = await open();
    const fail = () => countFailedLogin(db, 'digest', 100, (failed) => (failed >= 20 ? failed : 0));
    const counts = await Promise.all(Array.from({ length: 20 }, fail));
    expect(new Set(counts.map(({ failed }) => failed)).size).toBe(20);
    expect(await readLoginAttempts(db, ['digest', 'other'])).toEqual(new Map([['digest', { failed: 20, lockedUntil: 120 }]]));
    await deleteEndedLogins(db, { now: 119, idleSince: 200 });
    expect((await readLoginAttempts(db, ['digest'])).size).toBe(1);
    await forgetLoginAttempts(db, 'digest');
    expect(await fail()).toEqual({ failed: 1, lockedUntil: 0 });
  });

  it('have tokens signed with keys whose public half is kept here', async () => {
    const db = await open();
    await sampleTeam(db);
    expect(await readSigningKeys(db)).toEqual([{ kid: 'k1', publicKey: { kty: 'OKP' }, createdAt: 1 }]);
    await deleteSigningKey(db, 'k1');
    expect(await readSigningKeys(db)).toEqual([]);
  });
});

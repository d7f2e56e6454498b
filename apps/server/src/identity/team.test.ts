import { errorBodySchema, loggedInSchema, routes, sessionSchema } from '@quarterdeck/contract';
import { readActs } from '@quarterdeck/storage';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AccessWatch } from '../session/access-watch.ts';
import { cookieOf, ownedTeam, ownerEmail, ownerPassword, type TestTeam, testTeam, tokenIn } from '../testing/test-team.ts';
import { teamEntrance } from './team-entrance.ts';

const idSchema = z.object({ id: z.string() });
const madeUserSchema = z.object({ user: idSchema, password: z.string().nullable() });

/** Somebody new with a role, logged in as a program. */
async function person(team: TestTeam, owner: string, email: string, role: string, policy: unknown = null) {
  const { status, body } = await team.call({ token: owner }, 'POST', '/api/admin/users', { email, name: email, role, policy });
  expect([status, body]).toEqual([200, expect.anything()]);
  const made = madeUserSchema.parse(body);
  return { id: made.user.id, token: await team.token(email, made.password ?? ''), password: made.password ?? '' };
}

const statusOf = async (team: TestTeam, token: string, path: string = routes.getSession.path) => (await team.call({ token }, 'GET', path)).status;

describe('the first account', () => {
  it('is made with the token that was printed, once, and owns what there is', async () => {
    const team = await testTeam();
    const token = await team.door.team.setup.issue();
    const account = { email: 'Ada@Example.org', name: 'Ada', password: ownerPassword };
    expect(await team.call(null, 'GET', '/api/auth/methods')).toMatchObject({ body: { mode: 'team', password: true, oidc: null, setup: true } });
    expect((await team.call(null, 'POST', '/api/auth/setup', { ...account, token: 'guessed' })).status).toBe(401);
    expect((await team.call(null, 'POST', '/api/auth/setup', { ...account, token, password: 'aaaaaaaaaaaaaa' })).status).toBe(400);
    const { status, body } = await team.call(null, 'POST', '/api/auth/setup', { ...account, token });
    expect(status).toBe(200);
    expect(loggedInSchema.parse(body).session).toMatchObject({ user: ownerEmail, organisations: [{ id: 'default', role: 'Owner' }] });
    expect((await team.call(null, 'POST', '/api/auth/setup', { ...account, token })).status).toBe(401);
    expect(await team.call(null, 'GET', '/api/auth/methods')).toMatchObject({ body: { setup: false } });
  });

  it('comes from the environment where that names one, and never a second time', async () => {
    const team = await testTeam({ admin: { email: ownerEmail, password: ownerPassword } });
    await testTeam({ services: team.services, admin: { email: 'eve@example.org', password: ownerPassword } });
    expect(await team.token(ownerEmail, ownerPassword)).toMatch(/^ey/);
    expect((await team.call(null, 'POST', '/api/auth/login', { email: 'eve@example.org', password: ownerPassword })).status).toBe(401);
  });
});

describe('a login', () => {
  it('gives a program a token, and a browser a cookie that scripts and other sites do not get', async () => {
    const team = await ownedTeam();
    const credentials = { email: ` ${ownerEmail.toUpperCase()}`, password: ownerPassword };
    const program = await team.call(null, 'POST', '/api/auth/login', credentials);
    expect(program.headers.getSetCookie()).toEqual([]);
    expect((await team.call({ token: tokenIn(program.body) }, 'GET', '/api/auth/session')).body).toMatchObject({
      mode: 'team',
      user: ownerEmail,
      password: true,
    });
    const browser = await team.call({ cookie: 'other=1' }, 'POST', '/api/auth/login', credentials);
    expect(loggedInSchema.parse(browser.body).token).toBeNull();
    expect(browser.headers.getSetCookie()[0]).toMatch(/^quarterdeck_7420=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await team.call({ cookie: cookieOf(browser) }, 'GET', '/api/auth/session')).status).toBe(200);
  });

  it('that is wrong is told in the same words, whoever it is', async () => {
    const team = await ownedTeam();
    const told = [];
    for (const [email, password] of [
      [ownerEmail, 'wrong'],
      ['nobody@example.org', 'wrong'],
      ['no address', 'wrong'],
    ]) {
      const { status, body } = await team.call(null, 'POST', '/api/auth/login', { email, password });
      const { requestId: _, ...error } = errorBodySchema.parse(body);
      told.push({ status, error });
    }
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(told[0]).toMatchObject({ status: 401, error: { code: 'AUTH_REQUIRED' } });
  });

  it.each([ownerEmail, 'nobody@example.org'])('of %s has to wait after some tries, and longer after wrong ones', async (email) => {
    const team = await ownedTeam();
    const statuses = [];
    for (let attempt = 0; attempt < 6; attempt += 1) statuses.push((await team.call(null, 'POST', '/api/auth/login', { email, password: 'wrong' })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const { status, body, headers } = await team.call(null, 'POST', '/api/auth/login', { email, password: ownerPassword });
    expect([status, errorBodySchema.parse(body).details]).toEqual([429, { retryAfterSeconds: expect.any(Number) }]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('leaves a trace under the name of the person, and one that failed under nobody’s; the password in none', async () => {
    const team = await ownedTeam();
    await team.token(ownerEmail, ownerPassword);
    await team.call(null, 'POST', '/api/auth/login', { email: 'hunter2 hunter2', password: 'hunter3 hunter3' });
    const { acts } = await readActs(team.services.storage.db, {}, { limit: 10 });
    expect(acts).toMatchObject([
      {
        action: 'session.login',
        actor: { id: 'anonymous' },
        input: { method: 'password', email: null },
        result: { outcome: 'failed', error: { code: 'AUTH_REQUIRED' } },
      },
      { action: 'session.login', actor: { id: ownerEmail, kind: 'person' }, input: { email: ownerEmail }, result: { outcome: 'done' } },
    ]);
    expect(JSON.stringify(acts)).not.toMatch(/hunter|lanterns/);
  });
});

describe('what somebody has open', () => {
  it('is theirs to see and to end, and ends at once', async () => {
    const team = await ownedTeam();
    const [here, there] = [await team.token(ownerEmail, ownerPassword), await team.token(ownerEmail, ownerPassword)];
    const { body } = await team.call({ token: here }, 'GET', '/api/auth/sessions');
    expect(body).toMatchObject([{ kind: 'program' }, { kind: 'program' }]);
    const other = z
      .array(z.object({ id: z.string(), current: z.boolean() }))
      .parse(body)
      .find(({ current }) => !current);
    expect(await statusOf(team, there)).toBe(200);
    expect((await team.call({ token: here }, 'DELETE', `/api/auth/sessions/${other?.id}`)).body).toMatchObject([{ current: true }]);
    expect([await statusOf(team, there), await statusOf(team, here)]).toEqual([401, 200]);
    await team.call({ token: here }, 'POST', '/api/auth/logout', {});
    expect(await statusOf(team, here)).toBe(401);
  });

  it('ends with a new password, but for where that was set', async () => {
    const team = await ownedTeam();
    const [here, there] = [await team.token(ownerEmail, ownerPassword), await team.token(ownerEmail, ownerPassword)];
    const next = 'a quiet rope and seven gulls';
    expect((await team.call({ token: here }, 'POST', '/api/auth/password', { current: 'wrong', next })).status).toBe(403);
    expect((await team.call({ token: here }, 'POST', '/api/auth/password', { current: ownerPassword, next })).status).toBe(200);
    expect([await statusOf(team, here), await statusOf(team, there)]).toEqual([200, 401]);
    expect(await team.token(ownerEmail, next)).toMatch(/^ey/);
  });
});

describe('a stream', () => {
  it('ends when the login does, or what its reader may do', async () => {
    const team = await ownedTeam();
    const owner = await team.token(ownerEmail, ownerPassword);
    const bob = await person(team, owner, 'bob@example.org', 'viewer');
    const actor = await team.door.team.logins.ofBearer(bob.token);
    const watch = new AccessWatch(teamEntrance(team.door.team, team.door.cookies), team.services.log);
    const [own, others] = [watch.until(actor), watch.until(await team.door.team.logins.ofBearer(owner))];
    await team.call({ token: owner }, 'PATCH', `/api/admin/users/${bob.id}`, { role: 'operator' });
    await expect.poll(() => own.signal.aborted).toBe(true);
    expect([own.signal.reason, others.signal.aborted]).toMatchObject([{ code: 'CANCELLED' }, false]);
    // Who was let in with what they had before, and came too late.
    const late = watch.until(actor);
    await expect.poll(() => late.signal.aborted).toBe(true);
    await watch.close();
  });
});

describe('a personal access token', () => {
  it('may do what its scopes and its owner both may, is shown once, and ends at once', async () => {
    const team = await ownedTeam();
    const owner = await team.token(ownerEmail, ownerPassword);
    const create = (scopes: string[]) => team.call({ token: owner }, 'POST', '/api/auth/tokens', { name: 'ci', scopes });
    const { body } = await create(['session.read', 'audit.read']);
    const token = tokenIn(body);
    expect(token).toMatch(/^qdp_[0-9a-f]{72}$/);
    expect((await team.call({ token }, 'GET', '/api/auth/session')).body).toMatchObject({ user: ownerEmail, permissions: ['session.read', 'audit.read'] });
    expect((await team.call({ token }, 'GET', '/api/admin/users')).status).toBe(403);
    expect((await team.call({ token }, 'POST', '/api/auth/tokens', { name: 'more', scopes: ['session.read'] })).status).toBe(403);
    expect(await statusOf(team, token.slice(0, -1) + (token.endsWith('0') ? '1' : '0'))).toBe(401);
    expect((await create(['account.manage'])).status).toBe(403);
    const listed = (await team.call({ token: owner }, 'GET', '/api/auth/tokens')).body;
    expect(JSON.stringify(listed)).not.toContain(token.slice(10));
    expect(listed).toMatchObject([{ name: 'ci', hint: token.slice(0, 10), lastUsedAt: expect.any(String) }]);
    await team.call({ token: owner }, 'DELETE', `/api/auth/tokens/${idSchema.parse(body).id}`);
    expect(await statusOf(team, token)).toBe(401);
    const other = tokenIn((await create(['session.read'])).body);
    await team.call({ token: other }, 'POST', '/api/auth/logout', {});
    expect([await statusOf(team, other), await statusOf(team, owner)]).toEqual([401, 200]);
  });

  it('loses what its owner loses', async () => {
    const team = await ownedTeam();
    const owner = await team.token(ownerEmail, ownerPassword);
    const bob = await person(team, owner, 'bob@example.org', 'operator');
    const { body } = await team.call({ token: bob.token }, 'POST', '/api/auth/tokens', { name: 'ci', scopes: ['session.read', 'pod.exec'] });
    await team.call({ token: owner }, 'PATCH', `/api/admin/users/${bob.id}`, { role: 'viewer' });
    expect((await team.call({ token: tokenIn(body) }, 'GET', '/api/auth/session')).body).toMatchObject({ permissions: ['session.read'] });
    await team.call({ token: owner }, 'PATCH', `/api/admin/users/${bob.id}`, { disabled: true });
    expect([await statusOf(team, tokenIn(body)), await statusOf(team, bob.token)]).toEqual([401, 401]);
    expect((await team.call(null, 'POST', '/api/auth/login', { email: 'bob@example.org', password: bob.password })).status).toBe(401);
  });
});

describe('looking after people', () => {
  const policy = { namespaces: ['bakery', 'shop'], kinds: ['*'] };

  it('is for who has the permission, and holds at once', async () => {
    const team = await ownedTeam();
    const owner = await team.token(ownerEmail, ownerPassword);
    const bob = await person(team, owner, 'bob@example.org', 'viewer');
    expect((await team.call({ token: bob.token }, 'GET', '/api/admin/users')).status).toBe(403);
    const set = (subject: object, to: unknown) => team.call({ token: owner }, 'POST', '/api/admin/access-policy', { subject, policy: to });
    expect((await set({ kind: 'user', id: bob.id }, policy)).status).toBe(200);
    expect((await set({ kind: 'role', id: 'viewer' }, { namespaces: ['shop', 'mill'], kinds: ['Pod'] })).status).toBe(200);
    const seen = async () => sessionSchema.parse((await team.call({ token: bob.token }, 'GET', '/api/auth/session')).body).policy;
    expect(await seen()).toEqual({ namespaces: ['shop'], kinds: ['Pod'] });
    await set({ kind: 'user', id: bob.id }, null);
    expect(await seen()).toEqual({ namespaces: ['shop', 'mill'], kinds: ['Pod'] });
    expect((await team.call({ token: owner }, 'GET', '/api/admin/users')).body).toMatchObject([
      { email: ownerEmail, role: { id: 'owner' } },
      { email: 'bob@example.org', role: { id: 'viewer' }, policy: null, effectivePolicy: { namespaces: ['shop', 'mill'], kinds: ['Pod'] } },
    ]);
    expect((await team.call({ token: owner }, 'POST', `/api/admin/users/${bob.id}/password`, {})).body).toMatchObject({ password: expect.any(String) });
    expect(await statusOf(team, bob.token)).toBe(401);
  });

  it('never gives more than one has, and never reaches who has more', async () => {
    const team = await ownedTeam();
    const owner = await team.token(ownerEmail, ownerPassword);
    const admin = await person(team, owner, 'bob@example.org', 'admin', policy);
    const ada = z.array(idSchema).parse((await team.call({ token: owner }, 'GET', '/api/admin/users')).body)[0]?.id;
    const eve = await person(team, owner, 'eve@example.org', 'viewer', { namespaces: ['bakery'], kinds: ['*'] });
    const refused = async (method: string, path: string, body: unknown) =>
      expect([path, (await team.call({ token: admin.token }, method, path, body)).status]).toEqual([path, 403]);
    await refused('POST', '/api/admin/users', { email: 'mal@example.org', name: 'Mal', role: 'owner', policy });
    await refused('POST', '/api/admin/users', { email: 'mal@example.org', name: 'Mal', role: 'viewer' });
    await refused('POST', `/api/admin/users/${ada}/password`, {});
    await refused('PATCH', `/api/admin/users/${ada}`, { disabled: true });
    await refused('DELETE', `/api/admin/users/${ada}`, undefined);
    await refused('PATCH', `/api/admin/users/${admin.id}`, { role: 'owner' });
    await refused('POST', '/api/admin/roles', { name: 'All', grants: ['*'], policy });
    await refused('POST', '/api/admin/access-policy', { subject: { kind: 'user', id: admin.id }, policy: null });
    await refused('POST', '/api/admin/access-policy', { subject: { kind: 'user', id: eve.id }, policy: { namespaces: ['*'], kinds: ['*'] } });
    await refused('POST', '/api/admin/organisations', { name: 'Mine' });
    const narrower = { subject: { kind: 'user', id: eve.id }, policy: { namespaces: ['shop'], kinds: ['Pod'] } };
    expect((await team.call({ token: admin.token }, 'POST', '/api/admin/access-policy', narrower)).status).toBe(200);
    expect((await team.call({ token: admin.token }, 'PATCH', `/api/admin/users/${eve.id}`, { role: 'operator' })).status).toBe(200);
  });

  it('leaves every organisation an owner, and accounts of others alone', async () => {
    const team = await ownedTeam();
    const owner = await team.token(ownerEmail, ownerPassword);
    const ada = z.array(idSchema).parse((await team.call({ token: owner }, 'GET', '/api/admin/users')).body)[0]?.id;
    for (const body of [{ role: 'viewer' }, { disabled: true }])
      expect((await team.call({ token: owner }, 'PATCH', `/api/admin/users/${ada}`, body)).status).toBe(409);
    expect((await team.call({ token: owner }, 'DELETE', `/api/admin/users/${ada}`)).status).toBe(409);
    const bob = await person(team, owner, 'bob@example.org', 'owner');
    const farm = idSchema.parse((await team.call({ token: bob.token }, 'POST', '/api/admin/organisations', { name: 'Farm' })).body);
    expect((await team.call({ token: owner }, 'POST', `/api/admin/users/${bob.id}/password`, {})).status).toBe(403);
    expect((await team.call({ token: owner }, 'POST', '/api/auth/organisation', { organisation: farm.id })).status).toBe(404);
    expect((await team.call({ token: bob.token }, 'POST', '/api/auth/organisation', { organisation: farm.id })).body).toMatchObject({
      organisation: { name: 'Farm' },
    });
    expect((await team.call({ token: bob.token }, 'GET', '/api/admin/users')).body).toMatchObject([{ email: 'bob@example.org' }]);
    expect((await team.call({ token: bob.token }, 'PATCH', `/api/admin/users/${ada}`, { name: 'x' })).status).toBe(404);
  });

  it('knows roles of its own, which change for whoever has them', async () => {
    const team = await ownedTeam();
    const owner = await team.token(ownerEmail, ownerPassword);
    const role = { name: 'On call', grants: ['session.*', 'pod.exec'], policy };
    const { id } = idSchema.parse((await team.call({ token: owner }, 'POST', '/api/admin/roles', role)).body);
    const bob = await person(team, owner, 'bob@example.org', id);
    const session = async () => (await team.call({ token: bob.token }, 'GET', '/api/auth/session')).body;
    expect(await session()).toMatchObject({ permissions: ['session.read', 'pod.exec'], policy });
    expect((await team.call({ token: owner }, 'PUT', `/api/admin/roles/${id}`, { ...role, grants: ['session.read'] })).status).toBe(200);
    expect(await session()).toMatchObject({ permissions: ['session.read'] });
    expect((await team.call({ token: owner }, 'DELETE', `/api/admin/roles/${id}`)).status).toBe(409);
    expect((await team.call({ token: owner }, 'PUT', '/api/admin/roles/viewer', role)).status).toBe(409);
    expect((await team.call({ token: owner }, 'POST', '/api/admin/roles', { ...role, name: 'viewer' })).status).toBe(409);
    const { body } = await team.call({ token: owner }, 'GET', '/api/admin/roles');
    expect(body).toMatchObject([
      { builtIn: true },
      { builtIn: true },
      { id: 'owner', holders: 1 },
      { builtIn: true },
      { name: 'On call', builtIn: false, holders: 1 },
    ]);
  });
});

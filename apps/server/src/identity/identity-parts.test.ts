import { type AccessPolicy, grantedPermissions, permissions, seesAll } from '@quarterdeck/contract';
import { readRoles, readSigningKeys } from '@quarterdeck/storage';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { testServices } from '../testing/test-app.ts';
import { testCost } from '../testing/test-team.ts';
import { bothAllow, isWithin } from './effective-access.ts';
import { isPersonalToken, newPersonalToken } from './opaque-secrets.ts';
import { newPassword, PasswordHasher, requireGoodPassword } from './passwords.ts';
import { ProgramTokens } from './program-tokens.ts';
import { sessionCookies } from './session-cookies.ts';

describe('a password', () => {
  it('is hashed with argon2id, each time another way, and known again', async () => {
    const hasher = new PasswordHasher(testCost);
    const hash = await hasher.hash('lanterns over the harbour');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=64,t=1/);
    expect(await hasher.hash('lanterns over the harbour')).not.toBe(hash);
    expect([await hasher.matches(hash, 'lanterns over the harbour'), await hasher.matches(hash, 'x'), await hasher.matches(null, 'x')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is not hashed for everybody at once: whoever comes too late is told to come back', async () => {
    const hasher = new PasswordHasher(testCost);
    const all = await Promise.allSettled(Array.from({ length: 60 }, () => hasher.hash('x')));
    const refused = all.filter((one) => one.status === 'rejected').map(({ reason }) => reason.code);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused)).toEqual(new Set(['RATE_LIMITED']));
    expect(await hasher.hash('x')).toMatch(/^\$argon2id/);
  });

  it.each(['aaaaaaaaaaaa', 'ababababababab', 'ada.lovelace12', 'abcdefghijklmnop', '012345678901', 'qwertyuiop[]', 'passwordpassword'])(
    '%s is no good one',
    (password) => {
      expect(() => requireGoodPassword(password, 'ada.lovelace@example.org')).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
    },
  );

  it('that is made up is a good one', () => {
    const made = Array.from({ length: 100 }, newPassword);
    for (const password of made) requireGoodPassword(password, 'ada@example.org');
    expect(new Set(made).size).toBe(100);
  });
});

describe('a personal access token', () => {
  it('is told from what was mistyped or cut off', () => {
    const token = newPersonalToken();
    expect(isPersonalToken(token)).toBe(true);
    for (const wrong of [token.slice(0, -1), `${token}0`, token.replace(/.$/, (last) => (last === '0' ? '1' : '0')), token.toUpperCase(), 'qdp_']) {
      expect(isPersonalToken(wrong)).toBe(false);
    }
  });
});

describe('a policy', () => {
  const policies: AccessPolicy[] = ['*', 'a', 'b', 'a,b', ''].flatMap((namespaces) =>
    ['*', 'Pod', 'Node', ''].map((kinds) => ({ namespaces: namespaces.split(',').filter(Boolean), kinds: kinds.split(',').filter(Boolean) })),
  );

  it('joined with another lets nobody see more than either', () => {
    for (const one of policies) {
      for (const other of policies) {
        const both = bothAllow(one, other);
        expect([isWithin(both, one), isWithin(both, other), isWithin(one, seesAll)]).toEqual([true, true, true]);
        if (isWithin(one, other)) expect(isWithin(one, both)).toBe(true);
      }
    }
  });
});

describe('built-in roles', () => {
  it('come to permissions of this version, each with less than the one before', async () => {
    const { storage } = await testServices([]);
    const roles = new Map((await readRoles(storage.db, 'default')).map(({ id, grants }) => [id, grantedPermissions(grants)]));
    expect(roles.get('owner')).toEqual(permissions);
    const [admin = [], operator = [], viewer = []] = ['admin', 'operator', 'viewer'].map((id) => roles.get(id));
    expect(permissions.filter((permission) => !admin.includes(permission))).toEqual(['organisation.manage', 'login.consent', 'secret.reveal', 'terminal.open']);
    expect(
      [operator, viewer].map((held) =>
        held.filter((permission) => /^(identity|organisation|audit)\.|^cluster\.(manage|protected)|^alert\.manage|^ai:manage/.test(permission)),
      ),
    ).toEqual([[], []]);
    expect(viewer.filter((permission) => !operator.includes(permission))).toEqual([]);
    expect(viewer.filter((permission) => /write|delete|exec|manage|approve|propose/.test(permission))).toEqual(['account.manage']);
  });
});

describe('cookies', () => {
  it('are the host’s alone over TLS, and named by their port without', () => {
    expect(sessionCookies({ port: 1, secure: true }).session.set('v', 5)).toBe('__Host-quarterdeck=v; Max-Age=5; Path=/; HttpOnly; SameSite=Strict; Secure');
    const { session, transaction } = sessionCookies({ port: 1, secure: false });
    expect(transaction.set('v', 5)).toBe('quarterdeck_1_oidc=v; Max-Age=5; Path=/; HttpOnly; SameSite=Lax');
    expect(session.read(new Headers({ cookie: 'a=b; quarterdeck_1_oidc=x; quarterdeck_1=y' }))).toBe('y');
  });
});

describe('a program’s token', () => {
  const minute = 60_000;
  const day = 86_400_000;

  async function setting() {
    const { storage, secrets } = await testServices([]);
    let now = Date.parse('2026-01-01T00:00:00Z');
    const session = () => ({
      id: 's',
      secret: null,
      user: 'u',
      organisation: 'o',
      createdAt: now,
      seenAt: now,
      expiresAt: now + 60 * minute,
      address: null,
      userAgent: null,
    });
    const tokens = () => new ProgramTokens({ db: storage.db, secrets, now: () => now, log: pino({ level: 'silent' }) });
    return { db: storage.db, secrets, tokens, session, pass: (span: number) => (now += span), now: () => now };
  }

  it('shows its session until it is over, on every server, over a new key', async () => {
    const { db, tokens, session, pass } = await setting();
    const [here, there] = [tokens(), tokens()];
    const token = await here.issue(session());
    expect([await here.sessionOf(token), await there.sessionOf(token)]).toEqual(['s', 's']);
    pass(61 * minute);
    expect(await here.sessionOf(token)).toBeNull();
    pass(30 * day - 90 * minute);
    const last = await here.issue(session());
    pass(40 * minute);
    const first = await here.issue(session());
    expect(JSON.parse(Buffer.from(first.split('.')[0] ?? '', 'base64url').toString())).not.toEqual(
      JSON.parse(Buffer.from(last.split('.')[0] ?? '', 'base64url').toString()),
    );
    expect([await there.sessionOf(last), await there.sessionOf(first), (await readSigningKeys(db)).length]).toEqual(['s', 's', 2]);
    pass(3 * 60 * minute);
    await there.issue(session());
    expect((await readSigningKeys(db)).length).toBe(1);
  });

  it('of anybody else, or changed, shows nothing', async () => {
    const { tokens, session, now, db } = await setting();
    const own = tokens();
    const token = await own.issue(session());
    const [head = '', body = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const [{ kid = '' } = {}] = await readSigningKeys(db);
    const foreign = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const sign = (header: { alg: string; typ?: string; kid?: string }, change: object = {}) =>
      new SignJWT({ ...claims, ...change }).setProtectedHeader(header).sign(foreign.privateKey);
    const altered = Buffer.from(JSON.stringify({ ...claims, jti: 'other' })).toString('base64url');
    for (const wrong of [
      `${head}.${altered}.${signature}`,
      `${head}.${body}.`,
      new UnsecuredJWT(claims).setExpirationTime(Math.floor(now() / 1000) + 60).encode(),
      await sign({ alg: 'EdDSA', typ: 'at+jwt', kid }),
      await sign({ alg: 'EdDSA', typ: 'at+jwt', kid: 'unknown' }),
      await sign({ alg: 'EdDSA', typ: 'at+jwt' }),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
        .sign(new TextEncoder().encode(JSON.stringify((await readSigningKeys(db))[0]?.publicKey))),
    ]) {
      expect(await own.sessionOf(wrong)).toBeNull();
    }
  });
});

import { inProcessMemory } from '@quarterdeck/storage/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { testServices } from '../testing/test-app.ts';
import { ownerEmail, ownerPassword, testCost } from '../testing/test-team.ts';
import { makeFirstAccount } from './log-in.ts';
import { LoginLimits } from './login-limits.ts';
import { createTeam, type Team } from './team.ts';

const minute = 60_000;
const hour = 60 * minute;
const nowhere = { address: null, userAgent: null };

let now: number;
let team: Team;

beforeEach(async () => {
  now = Date.parse('2026-01-01T00:00:00Z');
  team = createTeam({ ...(await testServices([])), hashCost: testCost, now: () => now });
});

const account = () => makeFirstAccount(team, { email: ownerEmail, name: 'Ada', password: ownerPassword });

describe('a session of a browser', () => {
  it('goes on for as long as it is used, up to a day', async () => {
    const { shown } = await team.logins.openBrowser(await account(), nowhere);
    for (let used = 0; used < 3; used += 1) {
      now += 7.5 * hour;
      expect(await team.logins.ofCookie(shown)).toMatchObject({ id: ownerEmail });
    }
    now += 2 * hour;
    expect(await team.logins.ofCookie(shown)).toMatchObject({ kind: 'anonymous' });
  });

  it('ends when it is not used for long; to be looked at is no use', async () => {
    const { shown } = await team.logins.openBrowser(await account(), nowhere);
    const actor = await team.logins.ofCookie(shown);
    now += 5 * hour;
    expect(await team.logins.renewed(actor)).toMatchObject({ id: ownerEmail });
    now += 4 * hour;
    expect([await team.logins.renewed(actor), await team.logins.ofCookie(shown)]).toMatchObject([{ kind: 'anonymous' }, { kind: 'anonymous' }]);
  });

  it('is shown by what the browser holds, and by nothing that is stored', async () => {
    const { session, shown } = await team.logins.openBrowser(await account(), nowhere);
    for (const stored of [session.id, session.secret ?? '', `${shown}x`, '']) expect(await team.logins.ofCookie(stored)).toMatchObject({ kind: 'anonymous' });
    expect(await team.logins.ofBearer(shown)).toMatchObject({ kind: 'anonymous' });
  });
});

describe('wrong passwords', () => {
  it('lock what was typed, each time twice as long, up to a quarter of an hour, until the right one', async () => {
    // The rates of tries are another matter: each of these has a new count.
    const limits = () => new LoginLimits(team.db, inProcessMemory(), () => now);
    const wait = async () =>
      limits()
        .try('Ada@Example.org ', '10.0.0.1')
        .then(
          () => 0,
          (thrown) => thrown.details.retryAfterSeconds / 60,
        );
    const waits = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      await limits().failed(ownerEmail);
      waits.push(await wait());
      now += 20 * minute;
      expect(await wait()).toBe(0);
    }
    expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15]);
    await limits().failed(ownerEmail);
    expect(await limits().lockedUntil([ownerEmail, 'bob@example.org'])).toEqual(new Map([[ownerEmail, now + 15 * minute]]));
    await limits().succeeded(ownerEmail);
    expect(await wait()).toBe(0);
    await limits().failed(ownerEmail);
    expect(await wait()).toBe(0);
  });

  it('of many accounts from one address are slow as well', async () => {
    const limits = new LoginLimits(team.db, inProcessMemory(), () => now);
    for (let account = 0; account < 30; account += 1) await limits.try(`person${account}@example.org`, '10.0.0.1');
    await expect(limits.try('another@example.org', '10.0.0.1')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await limits.try('another@example.org', '10.0.0.2');
  });

  it('of one account from many addresses are slow as well', async () => {
    const limits = new LoginLimits(team.db, inProcessMemory(), () => now);
    for (let address = 0; address < 20; address += 1) await limits.try(ownerEmail, `10.0.0.${address}`);
    await expect(limits.try(ownerEmail, '10.0.1.1')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});

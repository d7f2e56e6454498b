import { describe, expect, it } from 'vitest';
import { testTeam } from '../testing/test-team.ts';
import { demoPolicy } from './demo-team.ts';

describe('a team to be tried', () => {
  it('has somebody who sees all and somebody who sees little, with new passwords at each start', async () => {
    const first = await testTeam({ demo: true });
    const tokens = await Promise.all(first.door.demo.map(({ email, password }) => first.token(email, password)));
    const session = async (token = '') => (await first.call({ token }, 'GET', '/api/auth/session')).body;
    expect(await session(tokens[0])).toMatchObject({
      user: 'admin@clustercodex.local',
      policy: { namespaces: ['*'], kinds: ['*'] },
      organisations: [{ role: 'Owner' }],
    });
    expect(await session(tokens[1])).toMatchObject({ user: 'user@clustercodex.local', policy: demoPolicy, organisations: [{ role: 'Operator' }] });
    const second = await testTeam({ demo: true, services: first.services });
    expect((await first.call({ token: tokens[1] ?? '' }, 'GET', '/api/auth/session')).status).toBe(401);
    const [before, after] = [first.door.demo, second.door.demo].map((accounts) => accounts.map(({ password }) => password));
    expect(after?.filter((password) => before?.includes(password))).toEqual([]);
    expect(await second.token('user@clustercodex.local', after?.[1] ?? '')).toMatch(/^ey/);
  });
});

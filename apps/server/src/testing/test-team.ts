import { makeFirstAccount } from '../identity/log-in.ts';
import { openTeam, type TeamDoor } from '../identity/open-team.ts';
import type { TeamOptions } from '../identity/team-options.ts';
import type { Services } from '../routes/services.ts';
import { testApp, testPort, testServices } from './test-app.ts';

/** Far below what is right for people, so that tests are quick. */
export const testCost = { memoryCost: 64, timeCost: 1 };
export const ownerEmail = 'ada@example.org';
export const ownerPassword = 'lanterns over the harbour';

export interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

/** Who asks: with a bearer token, with a cookie from our own page, or a program that does not say. */
export type Asks = { token: string } | { cookie: string } | null;

export interface TestTeam {
  door: TeamDoor;
  services: Services;
  call(asks: Asks, method: string, path: string, body?: unknown): Promise<Answer>;
  /** A login as a program does it. */
  token(email: string, password: string): Promise<string>;
}

/** The whole HTTP side of a workbench where people log in, whose owner is Ada. */
export async function testTeam(options: Partial<TeamOptions> & { services?: Services } = {}): Promise<TestTeam> {
  const services = options.services ?? (await testServices([]));
  const door = await openTeam(services, { admin: null, oidc: null, demo: false, ...options, port: testPort, secure: false, hashCost: testCost });
  const { app } = await testApp([], { services, team: door });
  const call: TestTeam['call'] = async (asks, method, path, body) => {
    const headers = { host: `127.0.0.1:${testPort}`, ...shown(asks), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await app.request(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
  };
  return {
    door,
    services,
    call,
    async token(email, password) {
      const { body } = await call(null, 'POST', '/api/auth/login', { email, password });
      return tokenIn(body);
    },
  };
}

/** The same with Ada as its owner. */
export async function ownedTeam(): Promise<TestTeam> {
  const team = await testTeam();
  await makeFirstAccount(team.door.team, { email: ownerEmail, name: 'Ada', password: ownerPassword });
  return team;
}

export function tokenIn(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string') return body.token;
  throw new Error(`there is no token in ${JSON.stringify(body)}`);
}

/** The first cookie that an answer sets, as a browser sends it back. */
export function cookieOf({ headers }: Pick<Answer, 'headers'>): string {
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

function shown(asks: Asks): Record<string, string> {
  if (asks === null) return {};
  return 'token' in asks ? { authorization: `Bearer ${asks.token}` } : { cookie: asks.cookie, origin: `http://127.0.0.1:${testPort}` };
}

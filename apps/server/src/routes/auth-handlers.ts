import { recordAct } from '@quarterdeck/cluster';
import { type ActAction, AppError, type LoggedIn, routes, type Session } from '@quarterdeck/contract';
import { hasUsers, type Member } from '@quarterdeck/storage';
import type { Actor } from '../gate/decide.ts';
import { admitFederated } from '../identity/admit-federated.ts';
import { identify, makeFirstAccount, recordedLogin } from '../identity/log-in.ts';
import { browserSpan } from '../identity/logins.ts';
import type { TeamDoor } from '../identity/open-team.ts';
import * as own from '../identity/own-account.ts';
import type { Team } from '../identity/team.ts';
import { handle, handleRedirect, type RouteCallContext, type RouteHandlers } from './route-handler.ts';

type AuthRoutes =
  | 'getLoginMethods'
  | 'logIn'
  | 'setUpTeam'
  | 'logOut'
  | 'getSession'
  | 'switchOrganisation'
  | 'changePassword'
  | 'listTokens'
  | 'createToken'
  | 'revokeToken'
  | 'listSessions'
  | 'endSession'
  | 'startOidcLogin'
  | 'finishOidcLogin';

/** `door` is null on a workbench of one person: there is nobody to tell apart. */
export function authHandlers({ version }: { version: string }, door: TeamDoor | null): Pick<RouteHandlers, AuthRoutes> {
  const inTeam = () => door ?? refuseLocal();
  return { ...loginHandlers(inTeam), ...accountHandlers(inTeam), ...aboutSession(door, version) };
}

function aboutSession(door: TeamDoor | null, version: string): Pick<RouteHandlers, 'getLoginMethods' | 'getSession'> {
  return {
    getLoginMethods: handle(routes.getLoginMethods, async () => {
      if (door === null) return { mode: 'local' as const, password: false, oidc: null, setup: false };
      return { mode: 'team' as const, password: true, oidc: door.oidc === null ? null : { name: door.oidc.name }, setup: !(await hasUsers(door.team.db)) };
    }),
    getSession: handle(routes.getSession, (_input, { actor }) => (door === null ? localSession(actor, version) : own.sessionOf(door.team, actor))),
  };
}

function loginHandlers(inTeam: () => TeamDoor): Pick<RouteHandlers, 'logIn' | 'setUpTeam' | 'logOut' | 'startOidcLogin' | 'finishOidcLogin'> {
  return {
    logIn: handle(routes.logIn, async ({ email, password, as }, call) => {
      const door = inTeam();
      const who = () => identify(door.team, { email, password, address: call.address });
      return recordedLogin(door.team, call, { method: 'password', email, who }, (member) => letIn(door, call, as, member));
    }),
    setUpTeam: handle(routes.setUpTeam, async ({ token, as, ...account }, call) => {
      const door = inTeam();
      const { team } = door;
      const who = async () => {
        await team.limits.tryAddress(call.address);
        await team.setup.require(token);
        return makeFirstAccount(team, account);
      };
      const loggedIn = await recordedLogin(team, call, { method: 'setup', email: account.email, who }, (member) => letIn(door, call, as, member));
      await team.setup.burn(token);
      return loggedIn;
    }),
    logOut: handle(routes.logOut, async (_input, call) => {
      const { team, cookies } = inTeam();
      await recorded(team, call, { action: 'session.logout', input: {} }, () => own.logOut(team, call.actor));
      call.reply.append('set-cookie', cookies.session.clear());
      return {};
    }),
    startOidcLogin: handle(routes.startOidcLogin, async (_input, call) => {
      const door = inTeam();
      await door.team.limits.tryAddress(call.address);
      const { url, transaction, seconds } = await requireOidc(door).start(call.origin, call.signal);
      call.reply.append('set-cookie', door.cookies.transaction.set(transaction, seconds));
      return { url };
    }),
    finishOidcLogin: handleRedirect(routes.finishOidcLogin, (answer, call) => finishOidc(inTeam(), answer, call)),
  };
}

function accountHandlers(
  inTeam: () => TeamDoor,
): Pick<RouteHandlers, 'switchOrganisation' | 'changePassword' | 'listTokens' | 'createToken' | 'revokeToken' | 'listSessions' | 'endSession'> {
  return {
    switchOrganisation: handle(routes.switchOrganisation, ({ organisation }, { actor }) => own.switchOrganisation(inTeam().team, actor, organisation)),
    changePassword: handle(routes.changePassword, async ({ current, next }, call) => {
      const { team } = inTeam();
      const change = { current, next, address: call.address };
      await recorded(team, call, { action: 'password.change', input: {} }, () => own.changePassword(team, call.actor, change));
      return {};
    }),
    listTokens: handle(routes.listTokens, (_input, { actor }) => own.listTokens(inTeam().team, actor)),
    createToken: handle(routes.createToken, (request, call) => {
      const { team } = inTeam();
      return recorded(team, call, { action: 'token.create', input: { ...request } }, () => own.createToken(team, call.actor, request));
    }),
    revokeToken: handle(routes.revokeToken, ({ id }, call) => {
      const { team } = inTeam();
      return recorded(team, call, { action: 'token.revoke', input: { id } }, () => own.revokeToken(team, call.actor, id));
    }),
    listSessions: handle(routes.listSessions, (_input, { actor }) => own.listSessions(inTeam().team, actor)),
    endSession: handle(routes.endSession, async ({ id }, call) => {
      const { team } = inTeam();
      await recorded(team, call, { action: 'session.end', input: { id } }, () => own.endSession(team, call.actor, id));
      return own.listSessions(team, call.actor);
    }),
  };
}

/** Does what is about an account and no cluster, written down. */
export function recorded<T>(
  team: Team,
  call: RouteCallContext,
  { action, input }: { action: ActAction; input: Record<string, unknown> },
  run: () => Promise<T>,
): Promise<T> {
  return recordAct(team.acts.of(call, null), { action, target: null, input, kubectl: null }, run);
}

/** A session for a browser, a token for any other program, unless it says which. */
async function letIn({ team, cookies }: TeamDoor, call: RouteCallContext, as: 'session' | 'token' | undefined, member: Member): Promise<LoggedIn> {
  const browser = (as ?? (call.headers.has('origin') ? 'session' : 'token')) === 'session';
  const origin = { address: call.address || null, userAgent: call.headers.get('user-agent') };
  const { session, shown } = await (browser ? team.logins.openBrowser(member, origin) : team.logins.openProgram(member, origin));
  if (browser) call.reply.append('set-cookie', cookies.session.set(shown, browserSpan / 1000));
  return {
    session: await own.openedSession(team, member, session),
    token: browser ? null : shown,
    expiresAt: new Date(session.expiresAt).toISOString(),
  };
}

/** The browser always gets somewhere: what went wrong is told by the page that it is sent to. */
async function finishOidc(door: TeamDoor, answer: Record<string, string | undefined>, call: RouteCallContext): Promise<string> {
  const { team, cookies } = door;
  const transaction = cookies.transaction.read(call.headers);
  call.reply.append('set-cookie', cookies.transaction.clear());
  try {
    await team.limits.tryAddress(call.address);
    const oidc = requireOidc(door);
    const who = async () => admitFederated(team, oidc.roles, await oidc.finish(transaction, { origin: call.origin, answer }, call.signal));
    await recordedLogin(team, call, { method: 'oidc', email: null, who }, (member) => letIn(door, call, 'session', member));
    return '/';
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === 'INTERNAL_ERROR') throw thrown;
    return `/?failed=${encodeURIComponent(thrown.message)}`;
  }
}

function requireOidc({ oidc }: TeamDoor) {
  if (oidc !== null) return oidc;
  throw new AppError('UNSUPPORTED', 'No issuer of OpenID Connect is set up here.', { hint: 'Log in with e-mail address and password.' });
}

function localSession(actor: Actor, version: string): Session {
  const { id, name, permissions, policy } = actor;
  const none = { organisation: null, organisations: [], password: false, expiresAt: null };
  return { mode: 'local', user: id, name, version, permissions: [...permissions], policy, ...none };
}

/** On a workbench for one person there is nobody to tell apart. */
export function refuseLocal(): never {
  throw new AppError('UNSUPPORTED', 'This workbench has no accounts: it is for the one person who started it.', { hint: 'Start it with --team.' });
}

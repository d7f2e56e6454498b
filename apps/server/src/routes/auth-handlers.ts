import { AppError, routes } from '@quarterdeck/contract';
import { handle, handleRedirect, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

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

export function authHandlers({ version }: Pick<Services, 'version'>): Pick<RouteHandlers, AuthRoutes> {
  return {
    getLoginMethods: handle(routes.getLoginMethods, () => ({ mode: 'local' as const, password: false, oidc: null, setup: false })),
    getSession: handle(routes.getSession, (_input, { actor }) => ({
      mode: 'local' as const,
      user: actor.id,
      name: actor.name,
      version,
      permissions: [...actor.permissions],
      policy: actor.policy,
      organisation: null,
      organisations: [],
      password: false,
      expiresAt: null,
    })),
    logIn: handle(routes.logIn, refuseLocal),
    setUpTeam: handle(routes.setUpTeam, refuseLocal),
    logOut: handle(routes.logOut, refuseLocal),
    switchOrganisation: handle(routes.switchOrganisation, refuseLocal),
    changePassword: handle(routes.changePassword, refuseLocal),
    listTokens: handle(routes.listTokens, refuseLocal),
    createToken: handle(routes.createToken, refuseLocal),
    revokeToken: handle(routes.revokeToken, refuseLocal),
    listSessions: handle(routes.listSessions, refuseLocal),
    endSession: handle(routes.endSession, refuseLocal),
    startOidcLogin: handle(routes.startOidcLogin, refuseLocal),
    finishOidcLogin: handleRedirect(routes.finishOidcLogin, refuseLocal),
  };
}

/** On a workbench for one person there is nobody to tell apart. */
export function refuseLocal(): never {
  throw new AppError('UNSUPPORTED', 'This workbench has no accounts: it is for the one person who started it.', { hint: 'Start it with --team.' });
}

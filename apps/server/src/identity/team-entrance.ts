import { anonymous } from '../gate/actors.ts';
import type { Entrance } from '../session/entrance.ts';
import { bearerToken } from '../session/local-session.ts';
import type { SessionCookies } from './session-cookies.ts';
import type { Team } from './team.ts';

/** Lets in who has a session or a token. A wrong bearer token is not made good by a cookie. */
export function teamEntrance({ logins, changes }: Pick<Team, 'logins' | 'changes'>, cookies: SessionCookies): Entrance {
  return {
    async authenticate(headers) {
      const bearer = bearerToken(headers);
      if (bearer !== null) return logins.ofBearer(bearer);
      const shown = cookies.session.read(headers);
      return shown === null ? anonymous : logins.ofCookie(shown);
    },
    exchange: () => null,
    renewed: (actor) => logins.renewed(actor),
    onChanged: (listener) => changes.listen(listener),
  };
}

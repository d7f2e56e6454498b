import { recordAct } from '@quarterdeck/cluster';
import { AppError, routes } from '@quarterdeck/contract';
import { localPerson } from '../gate/actors.ts';
import type { Entrance } from '../session/entrance.ts';
import { openApiDocument } from './openapi.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function sessionHandlers({ version, acts }: Services, entrance: Entrance): Pick<RouteHandlers, 'health' | 'openLocalSession' | 'getOpenApi'> {
  return {
    openLocalSession: handle(routes.openLocalSession, async ({ token }, { reply, requestId }) => {
      const cookie = entrance.exchange(token);
      if (cookie === null) throw wrongToken();
      await recordAct(acts.of({ actor: localPerson, via: 'web', requestId }, null), login, async () => undefined);
      reply.append('set-cookie', cookie);
      return { opened: true as const };
    }),
    health: handle(routes.health, () => ({ status: 'ok' as const, version })),
    getOpenApi: handle(routes.getOpenApi, () => openApiDocument(version)),
  };
}

const login = { action: 'session.login', target: null, input: {}, kubectl: null } as const;

function wrongToken(): AppError {
  return new AppError('AUTH_REQUIRED', 'This token is not the one of the workbench that runs now.', {
    hint: 'Open the address that it printed when it started.',
  });
}

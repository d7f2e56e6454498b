import { routes } from '@quarterdeck/contract';
import { openApiDocument } from './openapi.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function sessionHandlers({ version }: Services): Pick<RouteHandlers, 'health' | 'getSession' | 'getOpenApi'> {
  return {
    health: handle(routes.health, () => ({ status: 'ok' as const, version })),
    getSession: handle(routes.getSession, (_input, { actor }) => ({ mode: 'local' as const, user: actor.id, version, permissions: [...actor.permissions] })),
    getOpenApi: handle(routes.getOpenApi, () => openApiDocument(version)),
  };
}

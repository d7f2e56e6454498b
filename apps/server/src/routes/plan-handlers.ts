import { routes } from '@quarterdeck/contract';
import { askingActor } from '../assistant/open-assistant.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function planHandlers({ assistant }: Pick<Services, 'assistant'>): Pick<RouteHandlers, 'createPlan'> {
  return {
    createPlan: handle(routes.createPlan, async (request, call) => (await assistant.get()).plan(askingActor(call), request, call.signal)),
  };
}

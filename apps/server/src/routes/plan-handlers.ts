import { routes } from '@quarterdeck/contract';
import { askingActor } from '../assistant/open-assistant.ts';
import { planFrames, planLines } from '../plans/plan-frames.ts';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function planHandlers({ assistant }: Pick<Services, 'assistant'>): Pick<RouteHandlers, 'createPlan' | 'draftPlan'> {
  return {
    createPlan: handle(routes.createPlan, async (request, call) => (await assistant.get()).plan(askingActor(call), request, call.signal)),
    draftPlan: handleStream(routes.draftPlan, async ({ model, ...request }, call) => {
      const open = await assistant.get();
      const frames = planFrames((doing) => open.draftedPlan(askingActor(call), request, { model, doing }, call.signal));
      return { chunks: planLines(frames) };
    }),
  };
}

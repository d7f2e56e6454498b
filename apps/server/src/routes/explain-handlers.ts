import { explainWord } from '@quarterdeck/assistant';
import { routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';

export function explainHandlers(): Pick<RouteHandlers, 'explain'> {
  return { explain: handle(routes.explain, ({ as, what }) => ({ explanation: explainWord(as, what) })) };
}

import { type Action, AppError, routes } from '@quarterdeck/contract';
import { approveAction } from '../actions/approve-action.ts';
import { proposalOf, proposerOf } from '../actions/proposal-of.ts';
import { jsonLines } from '../changes/json-lines.ts';
import { seenAction, visibleAction } from '../policy/seen-actions.ts';
import { handle, handleStream, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type ReadRoutes = 'listActions' | 'getAction' | 'followAction';
type ActionRoutes = ReadRoutes | 'previewAction' | 'approveAction' | 'stopAction' | 'undoAction' | 'repeatAction';

export function actionHandlers(services: Services): Pick<RouteHandlers, ActionRoutes> {
  const { clusters, actions, acts } = services;
  const shown = (action: Action, call: RouteCallContext) => visibleAction(clusters.seenBy(call), call, action);
  const seen = async (id: string, call: RouteCallContext) => shown(await actions.desk.get(id), call);
  return {
    ...readHandlers(services),
    previewAction: handle(routes.previewAction, async ({ cluster, ...draft }, call) => {
      const found = clusters.seenBy(call).get(cluster);
      return actions.desk.propose(await found.access(), await proposalOf(draft, found, call), call.signal);
    }),
    approveAction: handle(routes.approveAction, async ({ cluster, id, hash, note = null }, call) => {
      checkCluster(await seen(id, call), cluster);
      return shown(await approveAction(services, { id, hash, note }, call), call);
    }),
    stopAction: handle(routes.stopAction, async ({ cluster, id }, call) => {
      const action = await seen(id, call);
      checkCluster(action, cluster);
      return shown(await actions.desk.stop(id, acts.of(call, action.cluster)), call);
    }),
    undoAction: handle(routes.undoAction, async ({ id }, call) => {
      const action = await seen(id, call);
      const access = await clusters.seenBy(call).get(action.cluster).access();
      return actions.desk.undo(access, id, proposerOf(call), call.signal);
    }),
    repeatAction: handle(routes.repeatAction, async ({ id }, call) => {
      const action = await seen(id, call);
      const access = await clusters.seenBy(call).get(action.cluster).access();
      return actions.desk.repeat(access, id, proposerOf(call), call.signal);
    }),
  };
}

function readHandlers({ clusters, actions: { desk } }: Services): Pick<RouteHandlers, ReadRoutes> {
  return {
    listActions: handle(routes.listActions, async ({ limit, before, ...filter }, call) => {
      const seenBy = clusters.seenBy(call);
      const { actions, next } = await desk.list(filter, { limit, before });
      return { actions: actions.flatMap((action) => seenAction(seenBy, call, action) ?? []), next };
    }),
    getAction: handle(routes.getAction, async ({ id }, call) => visibleAction(clusters.seenBy(call), call, await desk.get(id))),
    followAction: handleStream(routes.followAction, async ({ id }, call) => {
      const seen = (action: Action) => visibleAction(clusters.seenBy(call), call, action);
      seen(await desk.get(id)); // What is wrong must show before the first line.
      return { chunks: jsonLines(each(desk.follow(id, call.signal), seen)) };
    }),
  };
}

/** The gate has judged the cluster that the call names: that must be the one that the action is about. */
function checkCluster({ cluster }: Action, named: string | undefined): void {
  if (named === undefined || named === cluster) return;
  throw new AppError('VALIDATION_ERROR', `The action is about the cluster ${cluster}, not ${named}.`, { hint: 'Name the cluster of the action, or none.' });
}

async function* each(actions: AsyncIterable<Action>, seen: (action: Action) => Action): AsyncGenerator<Action> {
  for await (const action of actions) yield seen(action);
}

import { type Action, AppError, type Permission, permissionOf, routes } from '@quarterdeck/contract';
import { issueWatchOf } from '../actions/issue-watch-of.ts';
import { proposalOf, proposerOf } from '../actions/proposal-of.ts';
import { jsonLines } from '../changes/json-lines.ts';
import { seenAction } from '../policy/seen-actions.ts';
import type { SeenClusters } from '../policy/seen-clusters.ts';
import { handle, handleStream, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type ReadRoutes = 'listActions' | 'getAction' | 'followAction';
type ActionRoutes = ReadRoutes | 'previewAction' | 'approveAction' | 'stopAction' | 'undoAction' | 'repeatAction';

export function actionHandlers(services: Services): Pick<RouteHandlers, ActionRoutes> {
  const { clusters, actions, acts } = services;
  const shown = (action: Action, call: RouteCallContext) => visible(action, clusters.seenBy(call), call);
  const seen = async (id: string, call: RouteCallContext) => shown(await actions.desk.get(id), call);
  return {
    ...readHandlers(services),
    previewAction: handle(routes.previewAction, async ({ cluster, ...draft }, call) => {
      const found = clusters.seenBy(call).get(cluster);
      return actions.desk.propose(await found.access(), await proposalOf(draft, found, call), call.signal);
    }),
    approveAction: handle(routes.approveAction, async ({ cluster, id, hash, note = null }, call) => {
      const action = await seen(id, call);
      checkCluster(action, cluster);
      checkPermissions(action, call);
      const found = clusters.seenBy(call).get(action.cluster);
      const means = {
        access: await found.access(),
        acts: (approval: NonNullable<Action['approval']>) => acts.of({ ...call, approval }, action.cluster),
        issues: issueWatchOf(found),
      };
      return shown(await actions.desk.approve(id, { hash, by: call.actor.id, note }, means, call.signal), call);
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
    getAction: handle(routes.getAction, async ({ id }, call) => visible(await desk.get(id), clusters.seenBy(call), call)),
    followAction: handleStream(routes.followAction, async ({ id }, call) => {
      const seen = (action: Action) => visible(action, clusters.seenBy(call), call);
      seen(await desk.get(id)); // What is wrong must show before the first line.
      return { chunks: jsonLines(each(desk.follow(id, call.signal), seen)) };
    }),
  };
}

/** Throws NOT_FOUND for one that may not be known of. */
function visible(action: Action, seenBy: SeenClusters, call: RouteCallContext): Action {
  const seen = seenAction(seenBy, call, action);
  if (seen !== null) return seen;
  throw new AppError('NOT_FOUND', `There is no action ${action.id}.`, { hint: 'List the actions to see what there is.' });
}

/** The gate has judged the cluster that the call names: that must be the one that the action is about. */
function checkCluster({ cluster }: Action, named: string | undefined): void {
  if (named === undefined || named === cluster) return;
  throw new AppError('VALIDATION_ERROR', `The action is about the cluster ${cluster}, not ${named}.`, { hint: 'Name the cluster of the action, or none.' });
}

/** What the requests inside need, besides the right to approve. Throws FORBIDDEN. */
function checkPermissions({ steps }: Action, { actor }: RouteCallContext): void {
  const needed = new Set<Permission>(steps.map(({ change }) => permissionOf(change)));
  const missing = [...needed].filter((permission) => !actor.permissions.has(permission));
  if (missing.length === 0) return;
  throw new AppError('FORBIDDEN', `${actor.id} does not have the permission ${missing.join(', ')}, which the steps need.`, {
    hint: 'Somebody who has it can approve them.',
    details: { missing },
  });
}

async function* each(actions: AsyncIterable<Action>, seen: (action: Action) => Action): AsyncGenerator<Action> {
  for await (const action of actions) yield seen(action);
}

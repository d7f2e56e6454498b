import type { ActionDesk } from '@quarterdeck/cluster';
import { type Action, type ActionSummary, summaryOf, toAppError } from '@quarterdeck/contract';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';
import { paced } from './paced.ts';

/** How many are told of; older ones are asked for by the route. */
const most = 50;
/** Milliseconds: what other servers do on the same storage, and what nobody approved in time, is seen by looking again. */
const lookAgain = 10_000;

/** Sends the latest actions, and again whenever one is made or changes. `seen` is null for one that the person may not know of. */
export async function subscribeActions(
  desk: Pick<ActionDesk, 'list' | 'onAction'>,
  seen: (action: Action) => Action | null,
  sink: FrameSink,
): Promise<LiveSubscription> {
  let latest = new Map<string, ActionSummary>();
  let told = '';
  const note = (action: Action) => {
    const shown = seen(action);
    if (shown !== null) latest.set(action.id, summaryOf(shown));
  };
  const pace = paced(() => {
    if (sink.congested()) return pace.request();
    const actions = [...latest.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, most);
    latest = new Map(actions.map((action) => [action.id, action]));
    const news = JSON.stringify(actions);
    if (news === told) return;
    told = news;
    sink.send({ type: 'actionsSnapshot', actions });
  });
  const look = async () => {
    const { actions } = await desk.list({}, { limit: most });
    for (const action of actions) note(action);
  };
  await look();
  const end = desk.onAction((action) => {
    note(action);
    pace.request();
  });
  const timer = setInterval(() => look().then(pace.request, (thrown: unknown) => sink.fail(toAppError(thrown))), lookAgain);
  pace.now();
  return {
    close() {
      clearInterval(timer);
      pace.stop();
      end();
    },
  };
}

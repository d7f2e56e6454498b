import { recordAct, recordStream } from '@quarterdeck/cluster';
import { type ActAction, type ModelSetup, type modelRoutes, routes, type TrialEvent } from '@quarterdeck/contract';
import { handle, handleStream, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type Means = Pick<Services, 'models' | 'acts'>;
type Settings = 'getModelSetup' | 'chooseModels' | 'setModelPrice' | 'changeProvider' | 'removeProvider' | 'setProviderKey' | 'removeProviderKey';

export function modelHandlers(means: Means): Pick<RouteHandlers, keyof typeof modelRoutes> {
  return { ...settingHandlers(means), ...askingHandlers(means) };
}

/** What is changed is written down first; of a key, that it was and where to. */
function settingHandlers({ models, acts }: Means): Pick<RouteHandlers, Settings> {
  const recorded = (call: RouteCallContext, action: ActAction, input: Record<string, unknown>, change: () => Promise<ModelSetup>) =>
    recordAct(acts.of(call, null), { action, target: null, input, kubectl: null }, change);
  return {
    getModelSetup: handle(routes.getModelSetup, () => models.setup()),
    chooseModels: handle(routes.chooseModels, (choice, call) => recorded(call, 'model.configure', choice, () => models.choose(choice))),
    setModelPrice: handle(routes.setModelPrice, ({ model, price }, call) =>
      recorded(call, 'model.configure', { model, price }, () => models.price(model, price)),
    ),
    changeProvider: handle(routes.changeProvider, ({ id, ...change }, call) =>
      recorded(call, 'model.configure', { provider: id, ...change }, () => models.changeProvider(id, change)),
    ),
    removeProvider: handle(routes.removeProvider, ({ id }, call) =>
      recorded(call, 'model.configure', { provider: id, removed: true }, () => models.removeProvider(id)),
    ),
    setProviderKey: handle(routes.setProviderKey, ({ id, key, place }, call) =>
      recorded(call, 'modelKey.set', { provider: id, place }, () => models.setKey(id, key, place)),
    ),
    removeProviderKey: handle(routes.removeProviderKey, ({ id }, call) => recorded(call, 'modelKey.remove', { provider: id }, () => models.removeKey(id))),
  };
}

function askingHandlers({ models, acts }: Means): Pick<RouteHandlers, Exclude<keyof typeof modelRoutes, Settings>> {
  return {
    testProvider: handle(routes.testProvider, ({ id }, call) => models.test(id, call.signal)),
    listProviderModels: handle(routes.listProviderModels, ({ id, near }, call) => models.listModels(id, near, call.signal)),
    findLocalModels: handle(routes.findLocalModels, (_input, call) => models.local(call.signal)),
    tryModels: handleStream(routes.tryModels, async ({ models: names }, call) => {
      const draft = { action: 'model.try' as const, target: null, input: { models: names }, kubectl: null };
      return { chunks: linesOf(await recordStream(acts.of(call, null), draft, () => models.tryModels(names, call.signal))) };
    }),
  };
}

async function* linesOf(events: AsyncIterable<TrialEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

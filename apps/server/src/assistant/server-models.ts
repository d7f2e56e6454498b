import { readFile } from 'node:fs/promises';
import {
  completePrices,
  type KeyVault,
  loadTokenCounter,
  type ModelChain,
  type ModelPurpose,
  type ModelSettingsFile,
  type ModelTokenCounter,
  type OpenModels,
  openModels,
  type ResourcePrices,
  systemClock,
} from '@quarterdeck/assistant';
import { AppError, type OfferedModel, type TokenUsage, toAppError } from '@quarterdeck/contract';

/** The models that the server may ask. */
export interface ServerModels {
  /** All that is set up, as it is now. */
  open(): Promise<OpenModels>;
  /** Settings or keys were changed: they are read anew before somebody asks. */
  changed(): void;
  /** Null where none was chosen. */
  chain(purpose: ModelPurpose): Promise<ModelChain | null>;
  /** One model, named `provider/model`. Throws VALIDATION_ERROR for one whose provider is not there, and where none is asked. */
  only(name: string): Promise<ModelChain>;
  offered(): Promise<OfferedModel[]>;
  /** US dollars; null where the price is unknown. `name` is `provider/model`. */
  cost(name: string, usage: TokenUsage): number | null;
  counter(): Promise<ModelTokenCounter>;
  /** What the capacity of the clusters costs; null where nobody set it. */
  resourcePrices(): Promise<ResourcePrices | null>;
  /** The keys themselves, so that they are hidden wherever else they turn up. */
  keys(): string[];
  /** CODEX_MOCK_MODE=true: plans are played, no model is asked for them. */
  mockPlans: boolean;
  /** Gives back what the models hold (a model in memory). Nobody asks them any more. */
  close(): Promise<void>;
}

export interface ServerModelsOptions {
  settings: ModelSettingsFile;
  environment: Readonly<Record<string, string | undefined>>;
  /** Where keys are kept, looked through in this order. */
  vaults: readonly KeyVault[];
  /** Told of models that could not be closed. */
  failed(error: Error): void;
}

/** Settings and keys may have changed after so long. Milliseconds. */
const freshFor = 15_000;

/** Those of `models.json` and of the keys that are found, read anew from time to time. */
export function openServerModels({ settings, environment, vaults, failed }: ServerModelsOptions): ServerModels {
  const world = {
    keys: { environment, readFile: (path: string) => readFile(path, 'utf8'), vaults },
    ...{ fetch: globalThis.fetch, now: Date.now, clock: systemClock, random: Math.random },
  };
  const letting = new Set<Promise<void>>();
  // Nobody waits for it: an answer that is being written with them may take minutes to its end.
  const letGo = (models: OpenModels) => {
    const closing = models.close().catch((thrown: unknown) => failed(toAppError(thrown)));
    letting.add(closing);
    void closing.finally(() => letting.delete(closing));
  };
  let held: { key: string; at: number; models: OpenModels } | null = null;
  let counting: Promise<ModelTokenCounter> | null = null;
  let renewing: Promise<OpenModels> | null = null;
  let changes = 0;
  const renew = async (): Promise<OpenModels> => {
    const asOf = changes;
    const read = await settings.read();
    const models = await openModels(read, world);
    // Not of what a key shows of itself: two short ones look alike.
    const key = JSON.stringify([read, models.providers.map(({ id, key: found }) => [id, found?.key.reveal() ?? null])]);
    // What was learned of models that fail is kept while nothing is set otherwise.
    const before = held?.models ?? models;
    const kept = held?.key === key ? before : models;
    for (const each of new Set([before, models])) if (each !== kept) letGo(each);
    // What was changed meanwhile is read by the next one who asks.
    held = { key, at: asOf === changes ? Date.now() : -freshFor, models: kept };
    return kept;
  };
  const current = async (): Promise<OpenModels> => {
    if (held !== null && Date.now() - held.at < freshFor) return held.models;
    if (renewing !== null) return renewing;
    const own = renew().finally(() => {
      if (renewing === own) renewing = null;
    });
    renewing = own;
    return own;
  };
  return {
    open: current,
    changed() {
      changes += 1;
      renewing = null;
      if (held !== null) held = { ...held, at: -freshFor };
    },
    mockPlans: environment.CODEX_MOCK_MODE === 'true',
    chain: async (purpose) => (await current()).chain(purpose),
    async only(name) {
      const models = await current();
      if (!models.settings.offline) return models.only(name);
      throw new AppError('VALIDATION_ERROR', 'No model is asked: the assistant is set to work without.', { hint: 'Allow models again under Providers.' });
    },
    offered: async () => offeredBy(await current()),
    cost(name, usage) {
      const slash = name.indexOf('/');
      const cost = held?.models.cost({ ...usage, reasoning: null }, name.slice(0, slash), name.slice(slash + 1));
      return cost?.usd ?? null;
    },
    resourcePrices: async () => completePrices((await settings.read()).resourcePrices),
    keys: () => (held?.models.providers ?? []).flatMap(({ key }) => key?.key.reveal() ?? []),
    counter() {
      counting ??= loadTokenCounter();
      return counting;
    },
    async close() {
      await renewing?.catch(() => null); // Whoever asked for them was told.
      if (held !== null) letGo(held.models);
      held = null;
      await Promise.all(letting);
    },
  };
}

function offeredBy(models: OpenModels): OfferedModel[] {
  const chain = models.chain('chat');
  const chosen = (chain?.choices ?? []).map(({ provider, model }) => ({
    id: `${provider.id}/${model}`,
    name: `${provider.name}: ${model}`,
    local: provider.local,
    problem: null,
  }));
  return [...chosen, { id: 'offline', name: 'Engine alone', local: true, problem: null }];
}

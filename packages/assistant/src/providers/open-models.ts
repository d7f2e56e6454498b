import type { Clock } from '../failover/clock.ts';
import { type ChainPolicy, createModelChain, type ModelChain } from '../failover/model-chain.ts';
import { ModelHealth } from '../failover/model-health.ts';
import type { ModelError } from '../model/model-error.ts';
import type { ModelUsage } from '../model/model-port.ts';
import { type Cost, estimateCost } from '../prices/estimate-cost.ts';
import { chooseModels, type ModelPurpose, namedChoice, type UnusedKey, unusedKeys } from './choose-models.ts';
import type { ModelSettings } from './model-settings.ts';
import { type OpenProvider, openProviders, type ProviderWorld } from './open-providers.ts';

export interface ModelWorld extends ProviderWorld {
  clock: Clock;
  /** From 0 to 1. */
  random(): number;
}

/** The models of one person or one server, as they are set up: made anew when settings or keys change. */
export interface OpenModels {
  readonly settings: ModelSettings;
  readonly providers: readonly OpenProvider[];
  /** Of what was chosen; null where nothing was: answers then come without a model. */
  chain(purpose: ModelPurpose): ModelChain | null;
  /** Keys that were found while nothing was chosen. */
  readonly unused: readonly UnusedKey[];
  /** A chain of one model, named `provider/model`. Throws VALIDATION_ERROR. */
  only(name: string): ModelChain;
  /** Why a model, named `provider/model`, is left alone for now after it failed; null where it may be asked. */
  resting(name: string): ModelError | null;
  /** What an answer of a provider's model cost. */
  cost(usage: ModelUsage, provider: string, model: string): Cost;
  /** Gives back what the providers hold. */
  close(): Promise<void>;
}

export async function openModels(settings: ModelSettings, world: ModelWorld): Promise<OpenModels> {
  const providers = await openProviders(settings, world);
  const limits = Object.entries(settings.providers).flatMap(([id, { concurrency }]) => (concurrency === undefined ? [] : [[id, concurrency] as const]));
  const health = new ModelHealth(world.clock, Object.fromEntries(limits));
  const policy: ChainPolicy = { remoteAfterLocal: settings.remoteAfterLocal, health, random: world.random };
  return {
    settings,
    providers,
    unused: unusedKeys(settings, providers),
    chain(purpose) {
      const choices = chooseModels(settings, providers, purpose);
      return choices.length === 0 ? null : createModelChain(choices, policy);
    },
    only: (name) => createModelChain([namedChoice(name, providers)], policy),
    resting: (name) => health.breakerOf(namedChoice(name, providers)).refusal(),
    cost(usage, provider, model) {
      const local = providers.find(({ id }) => id === provider)?.provider?.local ?? false;
      return estimateCost(usage, { provider, model, local }, settings.prices);
    },
    async close() {
      await Promise.all(providers.map(({ provider }) => provider?.close?.()));
    },
  };
}

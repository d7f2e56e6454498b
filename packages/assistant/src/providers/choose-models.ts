import { AppError } from '@quarterdeck/contract';
import type { ModelChoice } from '../failover/model-health.ts';
import { closestNames } from './closest-names.ts';
import { type ModelSettings, splitModelName } from './model-settings.ts';
import type { OpenProvider } from './open-providers.ts';

export type ModelPurpose = 'chat' | 'plans';

/**
 * The models to ask, wanted most first: those that a person chose, and no others. A key that lies in the environment, or a
 * program that runs on this machine, is no consent to be sent what a cluster says. Throws VALIDATION_ERROR where a chosen
 * one has no provider.
 */
export function chooseModels(settings: ModelSettings, providers: readonly OpenProvider[], purpose: ModelPurpose): ModelChoice[] {
  if (settings.offline) return [];
  const chosen = purpose === 'plans' && settings.plans.length > 0 ? settings.plans : settings.use;
  return chosen.map((name) => namedChoice(name, providers));
}

/** A key that nobody asks with yet. */
export interface UnusedKey {
  /** For people: `OpenAI`. */
  provider: string;
  /** Where it was found: `OPENAI_API_KEY`, `the keychain`. */
  from: string;
  /** What to choose: `openai/gpt-6-sol`. */
  model: string;
}

/** The keys that were found while nothing was chosen; none where something was, or the person works offline. */
export function unusedKeys({ offline, use }: ModelSettings, providers: readonly OpenProvider[]): UnusedKey[] {
  if (offline || use.length > 0) return [];
  return providers.flatMap(({ id, kind, provider, key }) =>
    provider === null || key === null ? [] : [{ provider: provider.name, from: key.from, model: `${id}/${kind.suggested ?? 'MODEL'}` }],
  );
}

/** The model of a name like `anthropic/claude-sonnet-5`. Throws VALIDATION_ERROR where nobody has such a provider. */
export function namedChoice(name: string, providers: readonly OpenProvider[]): ModelChoice {
  const { provider: id, model } = splitModelName(name);
  const open = providers.find((one) => one.id === id);
  if (open?.provider) return { provider: open.provider, model };
  if (open?.problem) throw open.problem;
  const ids = providers.map((one) => one.id);
  const [close] = closestNames(id, ids);
  throw new AppError('VALIDATION_ERROR', `There is no provider ${id}.`, {
    hint: `${close === undefined ? '' : `Did you mean ${close}? `}There are ${ids.join(', ')}.`,
  });
}

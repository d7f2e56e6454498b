import { AppError } from '@quarterdeck/contract';
import type { ModelChoice } from '../failover/model-health.ts';
import type { ModelProvider } from '../model/model-port.ts';
import { closestNames } from './closest-names.ts';
import { type ModelSettings, splitModelName } from './model-settings.ts';
import type { OpenProvider } from './open-providers.ts';

export type ModelPurpose = 'chat' | 'plans';

/**
 * The models to ask, wanted most first: those that were chosen, else the usual one of every provider with a key, else the
 * first that Ollama has. None where the person works offline, or where there is nothing to ask.
 * Throws VALIDATION_ERROR where a chosen one has no provider.
 */
export async function chooseModels(
  settings: ModelSettings,
  providers: readonly OpenProvider[],
  purpose: ModelPurpose,
  signal: AbortSignal,
): Promise<ModelChoice[]> {
  if (settings.offline) return [];
  const chosen = purpose === 'plans' && settings.plans.length > 0 ? settings.plans : settings.use;
  if (chosen.length > 0) return chosen.map((name) => namedChoice(name, providers));
  const usual = providers.flatMap(({ kind, provider, key }): ModelChoice[] =>
    kind.usual === null || provider === null || key === null ? [] : [{ provider, model: kind.usual[purpose] }],
  );
  return usual.length > 0 ? usual : installedHere(providers, signal);
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

/** Asking a program on this machine costs nothing and tells nobody. */
async function installedHere(providers: readonly OpenProvider[], signal: AbortSignal): Promise<ModelChoice[]> {
  const local = providers.flatMap(({ provider }) => (provider?.local ? [provider] : []));
  const found = await Promise.all(local.map((provider) => firstModel(provider, signal)));
  return found.filter((choice) => choice !== null);
}

const listMs = 1_500;

async function firstModel(provider: ModelProvider, signal: AbortSignal): Promise<ModelChoice | null> {
  try {
    const models = await provider.models(AbortSignal.any([signal, AbortSignal.timeout(listMs)]));
    const [first] = models.toSorted((a, b) => Number(b.tools) - Number(a.tools));
    return first === undefined ? null : { provider, model: first.id };
  } catch {
    return null; // It does not run: that is the usual case, not a failure.
  }
}

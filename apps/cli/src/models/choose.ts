import { ModelError, type ModelSettings, type OpenModels, splitModelName } from '@quarterdeck/assistant';
import { AppError } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { appErrorOf } from './models-of.ts';

export interface ModelChoices {
  models: readonly string[];
  plans: boolean;
  offline: boolean;
  remoteAfterLocal: boolean;
  baseUrl?: string | undefined;
}

export function changedSettings(settings: ModelSettings, { models, plans, offline, remoteAfterLocal, baseUrl }: ModelChoices): ModelSettings {
  if (offline) return { ...settings, offline: true };
  const chosen = plans ? { plans: [...models] } : { use: [...models] };
  return {
    ...settings,
    ...chosen,
    offline: false,
    remoteAfterLocal: remoteAfterLocal || settings.remoteAfterLocal,
    providers: placed(settings, models, baseUrl),
  };
}

function placed({ providers }: ModelSettings, models: readonly string[], baseUrl: string | undefined): ModelSettings['providers'] {
  if (baseUrl === undefined) return providers;
  const [model, ...others] = models;
  if (model === undefined || others.length > 0)
    throw new AppError('VALIDATION_ERROR', '--base-url goes with exactly one model.', { hint: 'See `qd model use --help`.' });
  const { provider } = splitModelName(model);
  return { ...providers, [provider]: { ...providers[provider], baseUrl } };
}

/** Throws where a provider says that it has no such model, or refuses the key. One that can't be reached now may be so later. */
export async function requireKnown(names: readonly string[], models: OpenModels, { err, signal }: Pick<CommandContext, 'err' | 'signal'>): Promise<void> {
  for (const name of names) {
    const [choice] = models.only(name).choices;
    if (choice === undefined) continue;
    try {
      const known = await choice.provider.models(signal);
      const isKnown = known.some(({ id }) => id === choice.model || id === `${choice.model}:latest`);
      if (!isKnown) err.write(`${choice.provider.name} does not list ${choice.model}; \`qd model test ${name}\` tries it\n`);
    } catch (thrown) {
      if (!(thrown instanceof ModelError)) throw thrown;
      if (thrown.kind === 'auth' || thrown.kind === 'missingKey') throw appErrorOf(thrown);
      err.write(`${thrown.message} ${thrown.hint}\n`);
    }
  }
}

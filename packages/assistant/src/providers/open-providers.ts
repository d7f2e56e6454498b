import { pathToFileURL } from 'node:url';
import { AppError } from '@quarterdeck/contract';
import { type FoundKey, findKey, type KeySources } from '../keys/find-key.ts';
import type { ModelProvider } from '../model/model-port.ts';
import { urlOfEnvironment } from './environment-url.ts';
import { isLoopback } from './loopback.ts';
import type { ModelSettings, ProviderSettings } from './model-settings.ts';
import type { Fetch, ProviderKind, ProviderOptions } from './provider-kind.ts';
import { providerKind, providerKinds } from './registry.ts';

/** How long a provider may say nothing unless the settings say otherwise. Seconds. */
const usualWait = { remote: { firstByte: 90, idle: 120 }, local: { firstByte: 300, idle: 120 } };

/** A provider as it is set up here. */
export interface OpenProvider {
  id: string;
  kind: ProviderKind;
  baseUrl: string | null;
  /** Null where there is none. */
  key: FoundKey | null;
  /** Null where it can't be asked at all; `problem` says why. */
  provider: ModelProvider | null;
  problem: AppError | null;
  /** Whether it can be asked: it has an address, and a key if it needs one. */
  ready: boolean;
}

export interface ProviderWorld {
  keys: KeySources;
  fetch: Fetch;
  /** Epoch milliseconds. */
  now(): number;
}

/** Every provider of the registry and every endpoint of the settings, but for those that are switched off. */
export async function openProviders(settings: ModelSettings, world: ProviderWorld): Promise<OpenProvider[]> {
  const own = Object.keys(settings.providers).filter((id) => !isBuiltIn(id));
  const ids = [...providerKinds.map(({ id }) => id), ...own].filter((id) => settings.providers[id]?.enabled !== false);
  return Promise.all(ids.map((id) => openProvider(id, settings.providers[id] ?? {}, world)));
}

async function openProvider(id: string, settings: ProviderSettings, world: ProviderWorld): Promise<OpenProvider> {
  const kind = providerKind(settings.kind ?? (isBuiltIn(id) ? id : 'openai-compatible'));
  const baseUrl = settings.baseUrl ?? folderUrl(settings) ?? (id === kind.id ? urlOfEnvironment(id, world.keys.environment) : null) ?? kind.baseUrl;
  const closed = { id, kind, baseUrl, key: null, provider: null, ready: false };
  try {
    const key = await findKey({ kind, id, variable: settings.keyVariable ?? null, file: settings.keyFile ?? null }, world.keys);
    if (baseUrl === null) return { ...closed, key, problem: withoutAddress(id, kind) };
    if (key !== null && goesOpenly(baseUrl, settings)) return { ...closed, key, problem: unencrypted(id, baseUrl) };
    const provider = kind.create(optionsOf(id, kind, baseUrl, settings, key, world));
    return { id, kind, baseUrl, key, provider, problem: null, ready: key !== null || !kind.key?.required };
  } catch (thrown) {
    if (thrown instanceof AppError) return { ...closed, problem: thrown };
    throw thrown;
  }
}

function optionsOf(
  id: string,
  kind: ProviderKind,
  baseUrl: string,
  settings: ProviderSettings,
  key: FoundKey | null,
  { fetch, now }: ProviderWorld,
): ProviderOptions {
  const here = isLoopback(baseUrl);
  const wait = here ? usualWait.local : usualWait.remote;
  return {
    id,
    name: settings.name ?? (id === kind.id ? kind.name : id),
    key: key?.key ?? null,
    baseUrl,
    local: settings.local ?? here,
    timeouts: { firstByteMs: (settings.firstByteSeconds ?? wait.firstByte) * 1000, idleMs: (settings.idleSeconds ?? wait.idle) * 1000 },
    contextWindow: settings.contextWindow ?? null,
    module: settings.module ?? null,
    fetch,
    now,
  };
}

function folderUrl({ folder }: ProviderSettings): string | null {
  return folder === undefined ? null : pathToFileURL(folder).href;
}

function isBuiltIn(id: string): boolean {
  return providerKinds.some((kind) => kind.id === id);
}

function goesOpenly(baseUrl: string, { local }: ProviderSettings): boolean {
  return new URL(baseUrl).protocol === 'http:' && !isLoopback(baseUrl) && local !== true;
}

function withoutAddress(id: string, kind: ProviderKind): AppError {
  return new AppError('VALIDATION_ERROR', `Nobody said where ${kind.name} is.`, {
    hint: kind.baseUrlExample === null ? `Set providers.${id}.folder in models.json.` : `Run \`qd model use ${id}/MODEL --base-url ${kind.baseUrlExample}\`.`,
  });
}

function unencrypted(id: string, baseUrl: string): AppError {
  return new AppError('VALIDATION_ERROR', `The key of ${id} would go unencrypted to ${baseUrl}.`, {
    hint: `Use https, or say in the settings that the server is in your own house: providers.${id}.local = true.`,
  });
}

import {
  checkKey,
  closestNames,
  isLoopback,
  type KeyVault,
  ModelError,
  type ModelSettings,
  type ModelSettingsFile,
  type ModelUsage,
  type OpenModels,
  type OpenProvider,
  providerKinds,
  splitModelName,
  trialOf,
  trialTasks,
  vaultName,
} from '@quarterdeck/assistant';
import {
  AppError,
  type FoundProgram,
  type ListedModel,
  type ModelChoices,
  type ModelPrice,
  type ModelSetup,
  type ModelTrialResult,
  type ProviderChange,
  type ProviderTest,
  type TrialEvent,
} from '@quarterdeck/contract';
import { checkAddress, checkKeyStays } from './address-of-provider.ts';
import { findLocalPrograms } from './local-programs.ts';
import { priceOf, setupOf } from './provider-status.ts';
import type { ServerModels } from './server-models.ts';

/** How long a provider may take to list its models. Milliseconds. */
const patience = 15_000;

export interface ModelDeskParts {
  settings: ModelSettingsFile;
  models: Pick<ServerModels, 'open' | 'changed'>;
  /** Where keys are kept; `keychain` is null where there is none here. */
  store: KeyVault;
  keychain(): Promise<KeyVault | null>;
  fetch: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  now(): number;
}

/** Whoever looks after the assistant sets up its models here. Keys go in and never come out. */
export class ModelDesk {
  private readonly parts: ModelDeskParts;
  private readonly tests = new Map<string, ProviderTest>();

  constructor(parts: ModelDeskParts) {
    this.parts = parts;
  }

  async setup(): Promise<ModelSetup> {
    const [models, keychain] = await Promise.all([this.parts.models.open(), this.parts.keychain()]);
    return setupOf({ models, tests: this.tests, keychain: keychain?.name ?? null });
  }

  /** Throws VALIDATION_ERROR for a model whose provider is not there; then nothing is changed. */
  choose(choice: ModelChoices): Promise<ModelSetup> {
    return this.change((settings) => ({ ...settings, ...choice }), requireProviders);
  }

  price(model: string, price: ModelPrice | null): Promise<ModelSetup> {
    return this.change((settings) => {
      const { [model]: _before, ...others } = settings.prices;
      return { ...settings, prices: price === null ? others : { ...others, [model]: price } };
    });
  }

  /** Throws VALIDATION_ERROR for an address that a key must not go to. A stored key does not move to another address with it. */
  async changeProvider(id: string, change: ProviderChange): Promise<ModelSetup> {
    const models = await this.parts.models.open();
    const open = models.providers.find((one) => one.id === id) ?? null;
    const before = models.settings.providers[id] ?? {};
    const moves = (change.baseUrl !== undefined && change.baseUrl !== (before.baseUrl ?? null)) || (change.local ?? before.local) !== before.local;
    checkAddress(id, change.baseUrl ?? null);
    if (moves) checkKeyStays(id, open?.key ?? null);
    if (moves && open?.key?.place === 'vault') await this.forgetKey(id);
    return this.change((settings) => ({ ...settings, providers: { ...settings.providers, [id]: changed(settings.providers[id] ?? {}, change) } }));
  }

  /** Throws CONFLICT for one whose models are asked. */
  async removeProvider(id: string): Promise<ModelSetup> {
    const { settings } = await this.parts.models.open();
    if (settings.providers[id] === undefined) throw noProvider(id, Object.keys(settings.providers));
    const asked = [...settings.use, ...settings.plans].filter((name) => splitModelName(name).provider === id);
    if (asked.length > 0) throw new AppError('CONFLICT', `${asked.join(', ')} is asked.`, { hint: 'Take it off the models that are asked first.' });
    const isOwn = !providerKinds.some((kind) => kind.id === id);
    if (isOwn) await this.forgetKey(id);
    return this.change((now) => {
      const { [id]: _gone, ...providers } = now.providers;
      return { ...now, providers };
    });
  }

  async test(id: string, signal: AbortSignal): Promise<ProviderTest> {
    const models = await this.parts.models.open();
    const open = requireProvider(id, models);
    const began = this.parts.now();
    const test = { ...(await this.outcomeOf(open, models, signal)), at: new Date(began).toISOString() };
    const found = { ...test, latencyMs: test.models === null ? null : this.parts.now() - began };
    this.tests.set(id, found);
    return found;
  }

  async listModels(id: string, near: string, signal: AbortSignal): Promise<{ models: ListedModel[]; near: string[] }> {
    const models = await this.parts.models.open();
    const listed = await modelsOf(requireProvider(id, models), signal);
    const names = listed.map((model) => model.id);
    const isThere = near === '' || names.includes(near) || names.includes(`${near}:latest`);
    return { models: listed.map((model) => ({ ...model, price: priceOf(models, `${id}/${model.id}`) })), near: isThere ? [] : closestNames(near, names) };
  }

  /** Throws VALIDATION_ERROR for what can be no key of this provider; the text is not repeated. */
  async setKey(id: string, pasted: string, place: 'store' | 'keychain'): Promise<ModelSetup> {
    const open = requireProvider(id, await this.parts.models.open());
    if (open.kind.key === null) throw new AppError('VALIDATION_ERROR', `${open.kind.name} takes no key.`, { hint: 'It can be asked without one.' });
    const key = checkKey(open.kind, pasted);
    const vault = place === 'store' ? this.parts.store : await this.parts.keychain();
    if (vault === null) {
      throw new AppError('UNSUPPORTED', 'The server’s machine has no keychain.', { hint: 'Keep the key in the encrypted store.' });
    }
    await vault.put(vaultName(id), key.reveal());
    this.changedAt(id);
    return this.setup();
  }

  /** Throws NOT_FOUND where none is stored: one of the environment or of a file is not ours to remove. */
  async removeKey(id: string): Promise<ModelSetup> {
    requireProvider(id, await this.parts.models.open());
    if (!(await this.forgetKey(id))) {
      throw new AppError('NOT_FOUND', `No key of ${id} is stored.`, { hint: 'One of the environment or of a file is removed there.' });
    }
    return this.setup();
  }

  async local(signal: AbortSignal): Promise<{ found: FoundProgram[]; looked: string[] }> {
    const { providers } = await this.parts.models.open();
    return findLocalPrograms(this.parts.fetch, new Set(providers.flatMap(({ baseUrl }) => baseUrl ?? [])), signal);
  }

  /** Throws VALIDATION_ERROR, before anything is asked, for a model whose provider is not there. */
  async tryModels(names: readonly string[], signal: AbortSignal): Promise<AsyncGenerator<TrialEvent>> {
    const models = await this.parts.models.open();
    return tried(
      names.map((name) => ({ name, chain: models.only(name) })),
      { models, now: this.parts.now, signal },
    );
  }

  private async outcomeOf(
    open: OpenProvider,
    { settings }: OpenModels,
    signal: AbortSignal,
  ): Promise<Pick<ProviderTest, 'outcome' | 'message' | 'hint' | 'models' | 'latencyMs'>> {
    try {
      const listed = await modelsOf(open, AbortSignal.any([signal, AbortSignal.timeout(patience)]));
      const names = listed.map(({ id }) => id);
      const asked = settings.use.filter((name) => splitModelName(name).provider === open.id).map((name) => splitModelName(name).model);
      const missing = asked.find((name) => !names.includes(name) && !names.includes(`${name}:latest`));
      const told = { models: names.length, latencyMs: null };
      if (missing === undefined) return { ...told, outcome: 'works', message: `${open.provider?.name ?? open.id} answers.`, hint: null };
      const [close] = closestNames(missing, names);
      const hint = close === undefined ? 'Choose one that it lists.' : `Did you mean ${close}?`;
      return { ...told, outcome: 'unknownModel', message: `${open.provider?.name ?? open.id} does not list ${missing}, which is asked.`, hint };
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof AppError)) throw thrown;
      const outcome = thrown.cause instanceof ModelError ? thrown.cause.kind : 'badRequest';
      return { outcome, message: thrown.message, hint: thrown.hint ?? null, models: null, latencyMs: null };
    }
  }

  private async forgetKey(id: string): Promise<boolean> {
    const keychain = await this.parts.keychain();
    const removed = await Promise.all([this.parts.store, ...(keychain === null ? [] : [keychain])].map((vault) => vault.delete(vaultName(id))));
    this.changedAt(id);
    return removed.includes(true);
  }

  /** What was found out with another key or at another address is not true any more. */
  private changedAt(id: string): void {
    this.tests.delete(id);
    this.parts.models.changed();
  }

  private async change(make: (settings: ModelSettings) => ModelSettings, check: (models: OpenModels) => void = () => undefined): Promise<ModelSetup> {
    const { settings, models } = this.parts;
    const before = await settings.read();
    await settings.change(make);
    this.tests.clear();
    models.changed();
    try {
      check(await models.open());
    } catch (thrown) {
      await settings.change(() => before); // What can't be asked is not chosen.
      models.changed();
      throw thrown;
    }
    return this.setup();
  }
}

async function* tried(
  asked: readonly { name: string; chain: ReturnType<OpenModels['only']> }[],
  { models, now, signal }: { models: OpenModels; now(): number; signal: AbortSignal },
): AsyncGenerator<TrialEvent> {
  for (const { name, chain } of asked) {
    const { provider, model } = splitModelName(name);
    const trial = trialOf(name, chain, { now, signal, cost: (usage: ModelUsage) => models.cost(usage, provider, model) });
    let step = await trial.next();
    for (; step.done !== true; step = await trial.next()) yield { type: 'task', model: name, task: step.value, of: trialTasks.length };
    const { cost, error, ...found } = step.value;
    const told = error === null ? null : { kind: error.kind, message: error.message, hint: error.hint };
    yield { type: 'tried', trial: { ...found, of: trialTasks.length, cost: cost.usd, error: told } satisfies ModelTrialResult };
  }
}

/** Throws an AppError whose cause is what the provider said. */
async function modelsOf({ provider, problem, kind }: OpenProvider, signal: AbortSignal) {
  if (provider === null) throw problem ?? new AppError('VALIDATION_ERROR', `${kind.name} is not set up.`);
  try {
    return await provider.models(signal);
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    throw new AppError('UNSUPPORTED', thrown.message, { hint: thrown.hint, details: { kind: thrown.kind }, cause: thrown });
  }
}

function requireProvider(id: string, { providers }: OpenModels): OpenProvider {
  const found = providers.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw noProvider(
    id,
    providers.map((one) => one.id),
  );
}

function noProvider(id: string, known: readonly string[]): AppError {
  const [close] = closestNames(id, known);
  return new AppError('NOT_FOUND', `There is no provider ${id}.`, { hint: close === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${close}?` });
}

function requireProviders(models: OpenModels): void {
  for (const name of [...models.settings.use, ...models.settings.plans]) models.only(name);
}

function changed(before: ModelSettings['providers'][string], change: ProviderChange): ModelSettings['providers'][string] {
  const merged = { ...before, ...change };
  const isHere = typeof merged.baseUrl === 'string' && isLoopback(merged.baseUrl);
  const next = Object.entries(merged).filter(([field, value]) => value !== null && value !== undefined && !(field === 'local' && value === isHere));
  return Object.fromEntries(next);
}

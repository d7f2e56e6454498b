import { type FoundKey, factsOfModel, type OpenModels, type OpenProvider, priceSource, providerKinds, splitModelName } from '@quarterdeck/assistant';
import type { ChosenModel, KeyPlace, ModelPrice, ModelProviderStatus, ModelSetup, ProviderTest } from '@quarterdeck/contract';

export interface SetupFacts {
  models: OpenModels;
  /** What came of the last test of each, by its id. */
  tests: ReadonlyMap<string, ProviderTest>;
  /** How the keychain calls itself; null where there is none here. */
  keychain: string | null;
}

/** All that is set up, for people: no key is in it. */
export function setupOf(facts: SetupFacts): ModelSetup {
  const { models, keychain } = facts;
  const { offline, use, plans, remoteAfterLocal } = models.settings;
  return {
    choice: { offline, use, plans, remoteAfterLocal },
    chosen: chosenModels(models),
    providers: [...models.providers.map((provider) => statusOf(provider, facts)), ...switchedOff(models)],
    unused: models.unused.map((key) => ({ ...key })),
    keychain: keychain !== null,
    prices: { ...priceSource },
  };
}

/** US dollars a million tokens; null where nobody knows. */
export function priceOf(models: OpenModels, name: string): ModelPrice | null {
  const own = models.settings.prices[name];
  if (own !== undefined) return { input: own.input, output: own.output };
  const { provider, model } = splitModelName(name);
  if (models.providers.find(({ id }) => id === provider)?.provider?.local === true) return { input: 0, output: 0 };
  const facts = factsOfModel(provider, model);
  return facts === null ? null : { input: facts.input, output: facts.output };
}

function chosenModels(models: OpenModels): ChosenModel[] {
  const { use, remoteAfterLocal, prices } = models.settings;
  const isLocal = (name: string) => models.providers.find(({ id }) => id === splitModelName(name).provider)?.provider?.local ?? false;
  const [first] = use;
  const staysHere = first !== undefined && isLocal(first) && !remoteAfterLocal;
  return use.map((id) => ({
    id,
    local: isLocal(id),
    skipped: staysHere && !isLocal(id),
    resting: restingOf(models, id),
    price: priceOf(models, id),
    ownPrice: prices[id] !== undefined,
  }));
}

/** A model whose provider was taken away or switched off can't rest. */
function restingOf(models: OpenModels, name: string): string | null {
  const { provider } = splitModelName(name);
  const isThere = models.providers.some((one) => one.id === provider && one.provider !== null);
  return isThere ? (models.resting(name)?.message ?? null) : null;
}

function statusOf(open: OpenProvider, { models, tests, keychain }: SetupFacts): ModelProviderStatus {
  const { id, kind, baseUrl, key, provider } = open;
  const settings = models.settings.providers[id] ?? {};
  const test = tests.get(id) ?? null;
  const resting = models.settings.use.find((name) => splitModelName(name).provider === id && restingOf(models, name) !== null);
  return {
    ...{ id, kind: kind.id, own: id !== kind.id, enabled: true, name: provider?.name ?? settings.name ?? (id === kind.id ? kind.name : id) },
    ...{ local: provider?.local ?? null, baseUrl, baseUrlExample: kind.baseUrlExample },
    state: stateOf(open, test, resting !== undefined),
    problem: problemOf(open, test) ?? (resting === undefined ? null : restingOf(models, resting)),
    key: key === null ? null : { mask: key.key.toString(), from: key.from, place: placeOf(key, keychain), doubt: key.doubt },
    keyRules: keyRulesOf(open),
    ...{ suggested: kind.suggested, test, concurrency: settings.concurrency ?? null, contextWindow: settings.contextWindow ?? null },
  };
}

function placeOf({ place, from }: FoundKey, keychain: string | null): KeyPlace {
  if (place !== 'vault') return place;
  return from === keychain ? 'keychain' : 'store';
}

function keyRulesOf({ kind: { key } }: Pick<OpenProvider, 'kind'>): ModelProviderStatus['keyRules'] {
  return key === null ? null : { required: key.required, page: key.page, form: key.form, variables: [...key.variables] };
}

function stateOf({ baseUrl, problem, key, kind }: OpenProvider, test: ProviderTest | null, resting: boolean): ModelProviderStatus['state'] {
  if (problem !== null) return baseUrl === null ? 'noAddress' : 'misconfigured';
  if (key === null && kind.key?.required === true) return 'noKey';
  if (test?.outcome === 'auth' || (key?.doubt ?? null) !== null) return 'wrongKey';
  if (test?.outcome === 'missingKey') return 'noKey';
  if (test?.outcome === 'network' || test?.outcome === 'timeout') return 'unreachable';
  return resting ? 'resting' : 'ready';
}

function problemOf({ problem, key }: OpenProvider, test: ProviderTest | null): string | null {
  if (problem !== null) return [problem.message, problem.hint].filter(Boolean).join(' ');
  if (key?.doubt) return key.doubt;
  return test === null || test.outcome === 'works' ? null : [test.message, test.hint].filter(Boolean).join(' ');
}

/** Those that are not asked are not opened either. */
function switchedOff({ settings }: OpenModels): ModelProviderStatus[] {
  return Object.entries(settings.providers).flatMap(([id, { enabled, name, baseUrl, kind, concurrency, contextWindow }]) => {
    if (enabled !== false) return [];
    const known = providerKinds.find((one) => one.id === (kind ?? id)) ?? providerKinds.find((one) => one.id === 'openai-compatible');
    if (known === undefined) return [];
    return [
      {
        ...{ id, kind: known.id, own: id !== known.id, enabled: false, name: name ?? (id === known.id ? known.name : id), local: null },
        ...{ baseUrl: baseUrl ?? known.baseUrl, baseUrlExample: known.baseUrlExample, state: 'off' as const, problem: null, key: null },
        keyRules: keyRulesOf({ kind: known }),
        ...{ suggested: known.suggested, test: null, concurrency: concurrency ?? null, contextWindow: contextWindow ?? null },
      },
    ];
  });
}

import {
  type Cost,
  factsOfModel,
  type ModelError,
  type ModelFacts,
  type ModelInfo,
  type ModelTrial,
  type OpenModels,
  type OpenProvider,
  type UnusedKey,
} from '@quarterdeck/assistant';
import { textTable } from '../output/text-table.ts';

/** A provider for programs; of its key there is only the mask. */
export interface ShownProvider {
  id: string;
  name: string;
  ready: boolean;
  /** Null where it can't be asked. */
  local: boolean | null;
  baseUrl: string | null;
  key: { mask: string; from: string } | null;
  /** What is wrong, and what to do next; null where nothing is. */
  problem: string | null;
}

export function shownProvider({ id, kind, ready, provider, baseUrl, key, problem }: OpenProvider): ShownProvider {
  const missing = kind.key?.required && key === null ? `no key: set ${kind.key.variables[0]}, or run \`qd model key set ${id}\`` : null;
  return {
    id,
    name: provider?.name ?? kind.name,
    ready,
    local: provider?.local ?? null,
    baseUrl,
    key: key === null ? null : { mask: key.key.toString(), from: key.from },
    problem: problem === null ? (key?.doubt ?? missing) : [problem.message, problem.hint].filter(Boolean).join(' '),
  };
}

export function providerTable(providers: readonly ShownProvider[], chosen: string): string {
  const rows = providers.map(({ id, ready, local, key, baseUrl, problem }) => [
    id,
    ready ? 'set up' : 'not set up',
    local === null ? '-' : local ? 'here' : 'elsewhere',
    key === null ? '-' : `${key.mask} (${key.from})`,
    problem ?? baseUrl ?? '-',
  ]);
  return `${textTable([['PROVIDER', 'STATE', 'RUNS', 'KEY', 'ADDRESS'], ...rows])}\n${chosen}\n`;
}

/** What is asked, in one sentence. */
export function chosenText({ settings, unused }: OpenModels, used: readonly string[]): string {
  if (settings.offline) return 'No model is asked: answers come without one. `qd model use MODEL` changes that.';
  if (used.length === 0) return unused.length === 0 ? 'No model is asked, as none was chosen: answers come without one.' : foundKeys(unused);
  const plans = settings.plans.length === 0 ? '' : ` Plans: ${settings.plans.join(', then ')}.`;
  return `Asked: ${used.join(', then ')}.${plans}`;
}

/** That a key is there and not used, and what to do about it, in one line. */
export function foundKeys(unused: readonly UnusedKey[]): string {
  const found = unused.map(({ provider, from }) => `${provider} (${from})`).join(' and ');
  const ways = unused.map(({ model }) => `\`qd model use ${model}\``).join(' or ');
  return `A key for ${found} was found; no model is asked before you choose one: ${ways}.`;
}

export function modelTable({ provider, local }: { provider: string; local: boolean }, models: readonly ModelInfo[]): string {
  const rows = models.map(({ id, contextWindow, tools }) => {
    const facts = factsOfModel(provider, id);
    const window = contextWindow ?? facts?.contextWindow ?? null;
    return [`${provider}/${id}`, window === null ? '-' : String(window), tools ? 'yes' : 'no', priceText(local, facts)];
  });
  return textTable([['MODEL', 'CONTEXT', 'TOOLS', 'USD PER MILLION TOKENS, IN / OUT'], ...rows]);
}

function priceText(local: boolean, facts: ModelFacts | null): string {
  if (local) return 'none';
  return facts === null ? 'unknown' : `${facts.input} / ${facts.output}`;
}

/** A trial for programs. */
export function shownTrial({ model, tasks, firstTokenMs, tokensPerSecond, cost, error }: ModelTrial) {
  return {
    model,
    tasks,
    firstTokenMs,
    tokensPerSecond,
    costUsd: cost.usd,
    error: error === null ? null : { kind: error.kind, message: error.message, hint: error.hint },
  };
}

export function trialTable(trials: readonly ModelTrial[], taskCount: number): string {
  const rows = trials.map(({ model, tasks, firstTokenMs, tokensPerSecond, cost, error }) => [
    model,
    tasks.length === 0 ? '-' : `${tasks.filter(({ passed }) => passed).length} of ${taskCount}`,
    firstTokenMs === null ? '-' : `${Math.round(firstTokenMs)} ms`,
    tokensPerSecond === null ? '-' : tokensPerSecond.toFixed(0),
    tasks.length === 0 ? '-' : costText(cost),
    error === null ? failedTasks(tasks) : errorText(error),
  ]);
  return textTable([['MODEL', 'TASKS', 'FIRST TOKEN', 'TOKENS/S', 'COST', 'NOTE'], ...rows]);
}

function failedTasks(tasks: ModelTrial['tasks']): string {
  const failed = tasks.filter(({ passed }) => !passed).map(({ id }) => id);
  return failed.length === 0 ? '' : `failed: ${failed.join(', ')}`;
}

function errorText({ message, hint }: ModelError): string {
  return `${message} ${hint}`;
}

function costText(cost: Cost): string {
  if (cost.usd === null) return 'unknown';
  return `${cost.upTo ? 'up to ' : ''}$${cost.usd.toFixed(cost.usd === 0 ? 0 : 5)}`;
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AskedCluster,
  Assistant,
  createKubernetesSource,
  createModelChain,
  createOffline,
  defaultContextSettings,
  kubernetesTools,
  ModelHealth,
  type ModelProvider,
  memoryCache,
  type Person,
  systemClock,
} from '@quarterdeck/assistant';
import { type AskedFocus, permissions } from '@quarterdeck/contract';
import { actLog, Ledger, openAssistantStore, openStorage, parseStorageUrl } from '@quarterdeck/storage';

export interface WholeTurns {
  /** From the question to the engine's answer, to the model's first word, and to the end with everything stored. */
  quickMs: number[];
  firstTextMs: number[];
  finishedMs: number[];
  /** The same question again, from the cache. */
  cachedMs: number[];
}

export const person: Person = { owner: { user: 'bench', organisation: null }, may: (permission) => permissions.includes(permission), sight: 'all' };
const calls = ['list_issues', 'list_resources'] as const;
const words = 'The image of the Deployment can not be pulled: its tag is not in the registry. ';

/** A model that takes no time: two calls, then some thousand words. */
const instant: ModelProvider = {
  id: 'instant',
  name: 'Instant',
  local: true,
  models: async () => [],
  testConnection: async () => ({ ok: true, message: 'ok', latencyMs: 0 }),
  async *stream({ messages, model }) {
    const usage = { input: 1_000, cacheRead: 0, cacheWrite: 0, output: 1_000, reasoning: null };
    if (!messages.some(({ role }) => role === 'tool')) {
      for (const [index, name] of calls.entries()) yield { type: 'toolCall', id: `c${index}`, name, input: name === 'list_issues' ? {} : { kind: 'Pod' } };
      yield { type: 'finish', reason: 'toolCalls', usage, model };
      return;
    }
    for (let piece = 0; piece < 1_000; piece++) yield { type: 'text', text: words.slice((piece * 5) % 70, ((piece * 5) % 70) + 5) };
    yield { type: 'finish', reason: 'stop', usage, model };
  },
};

/** An assistant on a cluster, with storage and ledger, and one model. */
export async function openAsked(
  cluster: AskedCluster,
  provider: ModelProvider,
  countTokens: (text: string) => number,
): Promise<{ assistant: Assistant; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-'));
  const storage = await openStorage(parseStorageUrl(`sqlite:${join(folder, 'bench.db')}`), { role: 'guest' });
  const ledger = new Ledger(storage.db);
  const tools = kubernetesTools(cluster);
  const source = createKubernetesSource({ cluster, tools, answer: createOffline({ cluster, tools }).answer });
  const chain = createModelChain([{ provider, model: 'one' }], { remoteAfterLocal: false, health: new ModelHealth(systemClock), random: () => 0 });
  const assistant = new Assistant({
    ...{
      store: openAssistantStore(storage.db),
      models: async () => chain,
      model: async () => chain,
      mockPlans: false,
      offeredModels: async () => [],
      secrets: () => [],
    },
    ...{ context: defaultContextSettings, countTokens, costOf: () => 0, cache: memoryCache(1_000, Date.now), now: Date.now, newId: randomUUID },
    surroundings: async () => ({ cluster: cluster.id, sources: [source], asked: cluster }),
    acts: () =>
      actLog(
        ledger,
        { actor: { id: 'bench', kind: 'person' }, via: 'assistant', cluster: cluster.id, requestId: null },
        { now: Date.now, onLate: () => undefined },
      ),
    failed: (error) => {
      throw error;
    },
  });
  await assistant.setLimits(person, { ...(await assistant.limits(person)), messagesPerHour: null });
  return {
    assistant,
    async close() {
      await assistant.close();
      await storage.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Whole questions to the assistant, and a model that takes no time: what is left is ours. */
export async function askWholeTurns(cluster: AskedCluster, focus: AskedFocus, times: number, countTokens: (text: string) => number): Promise<WholeTurns> {
  const { assistant, close } = await openAsked(cluster, instant, countTokens);
  const turns: WholeTurns = { quickMs: [], firstTextMs: [], finishedMs: [], cachedMs: [] };
  for (let time = 0; time < times; time++) {
    await ask(assistant, `why does it fail, for the ${time}. time`, focus, turns);
    await ask(assistant, `why does it fail, for the ${time}. time`, focus, turns);
  }
  await close();
  return turns;
}

async function ask(assistant: Assistant, question: string, focus: AskedFocus, turns: WholeTurns): Promise<void> {
  const began = performance.now();
  const { answer } = await assistant.ask(person, { question, focus, attachments: [], without: [], model: true });
  let quick: number | null = null;
  let text: number | null = null;
  for await (const { event } of await assistant.follow(person, answer.id, 0, AbortSignal.timeout(60_000))) {
    if (event.type === 'quick') quick ??= performance.now() - began;
    if (event.type === 'text') text ??= performance.now() - began;
    if (event.type !== 'finished') continue;
    if (event.state !== 'complete') throw new Error(`The answer ended as ${event.state}: ${event.error?.message}`);
    if (event.cached) turns.cachedMs.push(performance.now() - began);
    else {
      turns.finishedMs.push(performance.now() - began);
      turns.quickMs.push(quick ?? 0);
      turns.firstTextMs.push(text ?? 0);
    }
  }
}

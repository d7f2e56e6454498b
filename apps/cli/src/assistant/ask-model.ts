import { randomUUID } from 'node:crypto';
import {
  Assistant,
  createKubernetesSource,
  defaultContextSettings,
  type GeneratedManifest,
  loadTokenCounter,
  type ManifestRequest,
  type ModelChain,
  memoryCache,
  type OpenModels,
  type Person,
} from '@quarterdeck/assistant';
import { type AssistantStore, permissions, type TurnEvent } from '@quarterdeck/contract';
import { openAssistantStore } from '@quarterdeck/storage';
import { withStorage } from '../ledger/with-storage.ts';
import type { AskSession } from './ask-session.ts';

export interface ModelsHere {
  models: OpenModels;
  chain: ModelChain;
}

export interface ModelQuestion extends ModelsHere {
  question: string;
  /** Whether it goes on with the last conversation. */
  continue: boolean;
}

/** What an assistant at the terminal needs of a session. */
export type AssistantSession = Pick<AskSession, 'asked' | 'tools' | 'offline' | 'cluster' | 'context'>;

/** The one who owns the workbench of this machine too: their conversations are the same. */
const person: Person = { owner: { user: 'local', organisation: null }, may: (permission) => permissions.includes(permission), sight: 'all' };

/** Asks the engine and then a model, and tells what happens; the conversation is kept with those of the workbench. */
export function askModel(session: AskSession, asked: ModelQuestion, tell: (event: TurnEvent) => void): Promise<void> {
  const { context, focus } = session;
  return withAssistant(session, asked, async (assistant, store) => {
    const { before: _before, ...seen } = focus;
    const nothing = { attachments: [], without: [] };
    const question = { question: asked.question, focus: seen, ...nothing, model: true, ...(await continued(store, asked.continue, session.cluster)) };
    const { answer } = await assistant.ask(person, { ...question, cluster: session.cluster });
    for await (const { event } of await assistant.follow(person, answer.id, 0, context.signal)) tell(event);
  });
}

/** A manifest that a model writes, asked under the same limits and kept with the same runs. */
export function askManifest(session: AssistantSession, models: ModelsHere, request: ManifestRequest): Promise<GeneratedManifest> {
  const { cluster, context } = session;
  return withAssistant(session, models, (assistant) => assistant.manifest(person, { ...request, cluster }, context.signal));
}

async function withAssistant<T>(
  session: AssistantSession,
  models: ModelsHere,
  use: (assistant: Assistant<Person>, store: AssistantStore) => Promise<T>,
): Promise<T> {
  const { context } = session;
  const acts = await context.openActs(session.cluster);
  try {
    return await withStorage(context, 'guest', async ({ db }) => {
      const store = openAssistantStore(db, context.now);
      const assistant = await openAssistant(session, models, store, acts.log);
      try {
        return await use(assistant, store);
      } finally {
        await assistant.close();
      }
    });
  } finally {
    await acts.close();
  }
}

/** Names of one cluster mean nothing in another, and are nothing that its questions should take along. */
async function continued(store: AssistantStore, wanted: boolean, cluster: string): Promise<{ conversation?: string }> {
  const [last] = wanted ? (await store.conversations(person.owner, { search: '', cluster, limit: 1 })).conversations : [];
  return last === undefined ? {} : { conversation: last.id };
}

type Acts = Awaited<ReturnType<AskSession['context']['openActs']>>['log'];

async function openAssistant({ asked, tools, offline, cluster, context }: AssistantSession, { models, chain }: ModelsHere, store: AssistantStore, acts: Acts) {
  const counter = await loadTokenCounter();
  const source = createKubernetesSource({ cluster: asked, tools, answer: offline.answer });
  return new Assistant({
    store,
    models: async () => chain,
    model: async (name) => models.only(name),
    mockPlans: false,
    offeredModels: async () => [],
    surroundings: async () => ({ cluster, sources: [source], asked }),
    secrets: () => models.providers.flatMap(({ key }) => key?.key.reveal() ?? []),
    context: defaultContextSettings,
    countTokens: (text) => counter.count(text),
    costOf(name, usage) {
      const slash = name.indexOf('/');
      return models.cost({ ...usage, reasoning: null }, name.slice(0, slash), name.slice(slash + 1)).usd;
    },
    cache: memoryCache(1, context.now),
    acts: () => acts,
    now: context.now,
    newId: randomUUID,
    failed: (error) => void context.err.write(`qd: ${error.message}\n`),
  });
}

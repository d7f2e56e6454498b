import { randomUUID } from 'node:crypto';
import {
  Assistant,
  createKubernetesSource,
  defaultContextSettings,
  loadTokenCounter,
  type ModelChain,
  memoryCache,
  type OpenModels,
  type Person,
} from '@quarterdeck/assistant';
import { type AssistantStore, permissions, type TurnEvent } from '@quarterdeck/contract';
import { openAssistantStore } from '@quarterdeck/storage';
import { withStorage } from '../ledger/with-storage.ts';
import type { AskSession } from './ask-session.ts';

export interface ModelQuestion {
  question: string;
  /** Whether it goes on with the last conversation. */
  continue: boolean;
  models: OpenModels;
  chain: ModelChain;
}

/** The one who owns the workbench of this machine too: their conversations are the same. */
const person: Person = { owner: { user: 'local', organisation: null }, may: (permission) => permissions.includes(permission), sight: 'all' };

/** Asks the engine and then a model, and tells what happens; the conversation is kept with those of the workbench. */
export async function askModel(session: AskSession, asked: ModelQuestion, tell: (event: TurnEvent) => void): Promise<void> {
  const { context, focus } = session;
  const acts = await context.openActs(session.cluster);
  try {
    await withStorage(context, 'guest', async ({ db }) => {
      const store = openAssistantStore(db, context.now);
      const assistant = await openAssistant(session, asked, store, acts.log);
      const { before: _before, ...seen } = focus;
      const question = { question: asked.question, focus: seen, model: true, ...(await continued(store, asked.continue)) };
      try {
        const { answer } = await assistant.ask(person, { ...question, cluster: session.cluster });
        for await (const { event } of await assistant.follow(person, answer.id, 0, context.signal)) tell(event);
      } finally {
        await assistant.close();
      }
    });
  } finally {
    await acts.close();
  }
}

async function continued(store: AssistantStore, wanted: boolean): Promise<{ conversation?: string }> {
  const [last] = wanted ? (await store.conversations(person.owner, { search: '', limit: 1 })).conversations : [];
  return last === undefined ? {} : { conversation: last.id };
}

type Acts = Awaited<ReturnType<AskSession['context']['openActs']>>['log'];

async function openAssistant({ asked, tools, offline, cluster, context }: AskSession, { models, chain }: ModelQuestion, store: AssistantStore, acts: Acts) {
  const counter = await loadTokenCounter();
  const source = createKubernetesSource({ cluster: asked, tools, answer: offline.answer });
  return new Assistant({
    store,
    models: async () => chain,
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

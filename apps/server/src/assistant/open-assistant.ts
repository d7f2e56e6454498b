import { randomUUID } from 'node:crypto';
import {
  Assistant,
  type AssistantParts,
  type AssistantTool,
  type ContextSource,
  createKubernetesSource,
  createOffline,
  defaultContextSettings,
  kubernetesTools,
  type Person,
  type ResourcePrices,
  searchKnowledge,
  withoutChanges,
} from '@quarterdeck/assistant';
import { openAssistantStore } from '@quarterdeck/storage';
import type { Actor } from '../gate/decide.ts';
import type { RouteCallContext } from '../routes/route-handler.ts';
import type { Services } from '../routes/services.ts';
import { askedCluster } from './asked-cluster.ts';
import { proposeAction } from './propose-action.ts';
import type { ServerModels } from './server-models.ts';

/** A person of the workbench who asks, in one call. */
export interface AskingActor extends Person {
  actor: Actor;
  requestId: string;
}

export function askingActor({ actor, requestId }: Pick<RouteCallContext, 'actor' | 'requestId'>): AskingActor {
  return {
    actor,
    requestId,
    owner: { user: actor.id, organisation: actor.organisation },
    may: (permission) => actor.permissions.has(permission),
    sight: JSON.stringify([actor.policy, [...actor.permissions].sort()]),
  };
}

/** The assistant of a workbench, opened with the first question. Whoever holds it closes it. */
export interface AssistantHouse {
  get(): Promise<Assistant<AskingActor>>;
  /** What the capacity of the clusters costs; null where nobody set it. */
  resourcePrices(): Promise<ResourcePrices | null>;
  close(): Promise<void>;
}

export function openAssistant(services: () => Services, models: ServerModels): AssistantHouse {
  let opening: Promise<Assistant<AskingActor>> | null = null;
  const open = async () => {
    const assistant = new Assistant(await partsOf(services(), models));
    await assistant.recover();
    return assistant;
  };
  return {
    get() {
      opening ??= open();
      opening.catch(() => {
        opening = null; // The next one who asks tries again.
      });
      return opening;
    },
    resourcePrices: models.resourcePrices,
    async close() {
      await (await opening?.catch(() => null))?.close();
      await models.close();
    },
  };
}

/** Tools of MCP servers; a setting or a server that is wrong keeps nobody from asking. */
async function foreignSource({ mcpServers, log }: Services, signal: AbortSignal): Promise<ContextSource[]> {
  const source = await mcpServers.source(signal).catch((error: unknown) => log.warn({ err: error }, 'MCP servers are left out.'));
  return source == null ? [] : [source];
}

async function partsOf(services: Services, models: ServerModels): Promise<AssistantParts<AskingActor>> {
  const counter = await models.counter();
  const countTokens = (text: string) => counter.count(text);
  return {
    store: openAssistantStore(services.storage.db),
    models: models.chain,
    model: models.only,
    mockPlans: models.mockPlans,
    offeredModels: () => models.offered(),
    async surroundings({ actor }, id, lifetime) {
      const cluster = withoutChanges(await askedCluster(services, { actor }, id, lifetime));
      const knowledge = await services.knowledge.of(services.clusters.seenBy({ actor }).get(id), actor.permissions.has('issue.read'));
      const written = knowledge === null ? [] : [searchKnowledge(cluster, knowledge)];
      const allowed = (tools: readonly AssistantTool[]) => [...tools, ...written].filter(({ permission }) => actor.permissions.has(permission));
      // The engine shows plans, and proposes nothing.
      const offline = createOffline({ cluster, tools: allowed(kubernetesTools(cluster)), knowledge, resourcePrices: models.resourcePrices });
      const tools = allowed(kubernetesTools(cluster, Date.now, proposeAction(services, cluster, { actor })));
      const source = createKubernetesSource({ cluster, tools, answer: offline.answer });
      const others = await foreignSource(services, lifetime);
      return { cluster: cluster.id, sources: [source, ...others], asked: cluster };
    },
    secrets: () => models.keys(),
    context: defaultContextSettings,
    countTokens,
    costOf: models.cost,
    cache: services.shared.cache,
    acts: ({ actor, requestId }, cluster) => services.acts.of({ actor, via: 'assistant', requestId }, cluster),
    now: Date.now,
    newId: randomUUID,
    failed: (error) => services.log.error({ err: error }, 'The assistant failed unexpectedly.'),
  };
}

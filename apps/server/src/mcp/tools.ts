import { type AskedCluster, type AssistantTool, createKnowledge, kubernetesTools, searchKnowledge, withoutChanges } from '@quarterdeck/assistant';
import { RecordedCluster } from '@quarterdeck/cluster';
import { AppError, type Permission } from '@quarterdeck/contract';
import * as z from 'zod';
import { askedCluster } from '../assistant/asked-cluster.ts';
import { proposeAction } from '../assistant/propose-action.ts';
import { visibleAction } from '../policy/seen-actions.ts';
import { AnswerShelf } from './answer-shelf.ts';
import { defineTool, type RunTool, type Tool } from './define-tool.ts';

/** A cluster that nobody asks anything: tools say what they are before one is named. */
const nowhere: AskedCluster = {
  id: 'nowhere',
  access: new RecordedCluster('nowhere', {
    meta: { cluster: 'nowhere', server: null, version: null, takenAt: new Date(0).toISOString(), namespaces: [] },
    ...{ kinds: [], objects: [], coverage: {}, evidence: {}, logs: [] },
  }),
  namespace: null,
  checked: () => Promise.reject(new AppError('NOT_FOUND', 'There is no cluster.')),
};

const nobody = () => Promise.reject(new AppError('NOT_FOUND', 'There is no cluster.'));

/** The assistant's own tool of this name, made for one call and let go of with it. */
function ofCluster(name: string): RunTool {
  return async (own, { services, actor, signal, cluster: id }) => {
    const letGo = new AbortController();
    const lifetime = AbortSignal.any([signal, letGo.signal]);
    try {
      const cluster = withoutChanges(await askedCluster(services, { actor }, id, lifetime));
      const propose = proposeAction(services, cluster, { actor }, 'mcp');
      const tool = kubernetesTools(cluster, Date.now, propose).find((each) => each.name === name);
      if (tool === undefined) throw new AppError('NOT_FOUND', `There is no tool ${name}.`);
      return await tool.run(own, lifetime);
    } finally {
      letGo.abort();
    }
  };
}

const knowledgeTool = searchKnowledge(nowhere, createKnowledge([]));

const searchRunbooks: RunTool = async (own, { services, actor, signal, cluster: id }) => {
  const letGo = new AbortController();
  const lifetime = AbortSignal.any([signal, letGo.signal]);
  try {
    const seen = services.clusters.seenBy({ actor }).get(id);
    const knowledge = await services.knowledge.of(seen, actor.permissions.has('issue.read'));
    const cluster = await askedCluster(services, { actor }, id, lifetime);
    return await searchKnowledge(cluster, knowledge ?? createKnowledge([])).run(own, lifetime);
  } finally {
    letGo.abort();
  }
};

const handle = z.string().min(1).max(100);
const told = (name: string, title: string, description: string, permission: Permission, shape: z.ZodRawShape) =>
  ({ name, title, description, permission, effect: 'read', input: z.object(shape) }) as const;

const listClusters = defineTool(
  told('list_clusters', 'List clusters', 'The clusters that can be asked, and which of them is meant where none is named.', 'cluster.read', {}),
  async (_own, { services, actor }) => {
    const clusters = services.clusters.seenBy({ actor }).list();
    return { value: clusters.map(({ id, state, current, production, version }) => ({ id, state, current, production, version })), seen: [] };
  },
);

const readMore = defineTool(
  told('read_more', 'Read more', 'The rest of an answer that was too long, or the lines of it that have certain words.', 'session.read', {
    handle: handle.describe('As the answer named it.'),
    find: z.string().max(200).optional().describe('Words that must all occur in a line.'),
  }),
  async (own, { services, actor }) => {
    const { handle: named, find = '' } = z.object({ handle, find: z.string().max(200).optional() }).parse(own);
    return { value: await new AnswerShelf(services.shared).rest(named, find, actor), seen: [], leavesWith: [] };
  },
);

const getAction = defineTool(
  told('get_action', 'Get an action', 'How a proposal stands: whether a person approved it, what was done, and whether it helped.', 'action.read', {
    id: handle.describe('As the proposal named it.'),
  }),
  async (own, { services, actor }) => {
    const { id } = z.object({ id: handle }).parse(own);
    const { title, state, reason, cluster, steps, validation, undoneBy } = visibleAction(
      services.clusters.seenBy({ actor }),
      { actor },
      await services.actions.desk.get(id),
    );
    const done = steps.map(({ description, kubectl, run }) => ({ description, kubectl, state: run.state, error: run.error?.error, diff: run.diff }));
    return { value: { id, title, cluster, state, reason, steps: done, validation, undoneBy }, seen: [] };
  },
);

function defined(tool: AssistantTool): Tool {
  return defineTool(tool, ofCluster(tool.name));
}

/** Every tool, in an order that stays the same. None of them changes anything: those that propose make what a person approves. */
export const tools: readonly Tool[] = [
  ...kubernetesTools(nowhere, Date.now, nobody).map(defined),
  defineTool(knowledgeTool, searchRunbooks),
  listClusters,
  getAction,
  readMore,
];

/** Those that this program is offered. A plan can be read by who may propose nothing. */
export function offeredTools(mayPropose: boolean): readonly Tool[] {
  return mayPropose ? tools : tools.filter(({ effect, name }) => effect === 'read' || name === 'create_plan');
}

import { type Assistant, exportedAs, jsonLines } from '@quarterdeck/assistant';
import { type assistantRoutes, routes } from '@quarterdeck/contract';
import { type AskingActor, askingActor } from '../assistant/open-assistant.ts';
import { handle, handleStream, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

const done = { done: true } as const;

export function assistantHandlers({ assistant }: Pick<Services, 'assistant'>): Pick<RouteHandlers, keyof typeof assistantRoutes> {
  const by = async (call: RouteCallContext): Promise<[Assistant<AskingActor>, AskingActor]> => [await assistant.get(), askingActor(call)];
  return {
    ...chatHandlers(by),
    ...conversationHandlers(by),
    ...runHandlers(by),
  };
}

type By = (call: RouteCallContext) => Promise<[Assistant<AskingActor>, AskingActor]>;
type Chat = 'ask' | 'previewContext' | 'followAnswer' | 'stopAnswer' | 'rateAnswer' | 'suggestPrompts' | 'listModels' | 'getMemory' | 'setMemory';
type Conversations = 'listConversations' | 'getConversation' | 'changeConversation' | 'deleteConversation' | 'exportConversation';
type Runs = 'getPrivacy' | 'setPrivacy' | 'listRuns' | 'getRun' | 'replayRun' | 'getUsage' | 'getLimits' | 'setLimits';

function chatHandlers(by: By): Pick<RouteHandlers, Chat> {
  return {
    ask: handle(routes.ask, async (question, call) => {
      const [open, person] = await by(call);
      return open.ask(person, question);
    }),
    previewContext: handle(routes.previewContext, async (question, call) => {
      const [open, person] = await by(call);
      return open.previewContext(person, question, call.signal);
    }),
    followAnswer: handleStream(routes.followAnswer, async ({ id, from }, call) => {
      const [open, person] = await by(call);
      return { chunks: jsonLines(await open.follow(person, id, from, call.signal)) };
    }),
    stopAnswer: handle(routes.stopAnswer, async ({ id }, call) => {
      const [open, person] = await by(call);
      await open.stop(person, id);
      return done;
    }),
    rateAnswer: handle(routes.rateAnswer, async ({ id, rating, comment }, call) => {
      const [open, person] = await by(call);
      await open.rate(person, id, rating, comment);
      return done;
    }),
    suggestPrompts: handle(routes.suggestPrompts, async ({ cluster, focus }, call) => {
      const [open, person] = await by(call);
      return { prompts: await open.suggestions(person, cluster, focus, call.signal) };
    }),
    listModels: handle(routes.listModels, async (_input, call) => ({ models: await (await by(call))[0].models(call.signal) })),
    getMemory: handle(routes.getMemory, async (_input, call) => {
      const [open, person] = await by(call);
      return open.memory(person);
    }),
    setMemory: handle(routes.setMemory, async (memory, call) => {
      const [open, person] = await by(call);
      return open.setMemory(person, memory);
    }),
  };
}

function conversationHandlers(by: By): Pick<RouteHandlers, Conversations> {
  return {
    listConversations: handle(routes.listConversations, async ({ shared, ...query }, call) => {
      const [open, person] = await by(call);
      return open.conversations(person, { ...query, shared: shared === 'true' });
    }),
    getConversation: handle(routes.getConversation, async ({ id }, call) => {
      const [open, person] = await by(call);
      return open.conversation(person, id);
    }),
    changeConversation: handle(routes.changeConversation, async ({ id, ...change }, call) => {
      const [open, person] = await by(call);
      return open.changeConversation(person, id, change);
    }),
    deleteConversation: handle(routes.deleteConversation, async ({ id }, call) => {
      const [open, person] = await by(call);
      await open.deleteConversation(person, id);
      return done;
    }),
    exportConversation: handleStream(routes.exportConversation, async ({ id, format }, call) => {
      const [open, person] = await by(call);
      const detail = await open.conversation(person, id);
      return { chunks: exportedAs(format, detail).chunks, fileName: `conversation.${format === 'json' ? 'json' : 'md'}` };
    }),
  };
}

function runHandlers(by: By): Pick<RouteHandlers, Runs> {
  return {
    getPrivacy: handle(routes.getPrivacy, async (_input, call) => {
      const [open, person] = await by(call);
      return open.privacy(person);
    }),
    setPrivacy: handle(routes.setPrivacy, async (privacy, call) => {
      const [open, person] = await by(call);
      return open.setPrivacy(person, privacy);
    }),
    listRuns: handle(routes.listRuns, async ({ everybody, limit, before, ...filter }, call) => {
      const [open, person] = await by(call);
      return open.runs(person, { limit, before, filter, everybody: everybody === 'true' });
    }),
    getRun: handle(routes.getRun, async ({ id }, call) => {
      const [open, person] = await by(call);
      return open.run(person, id);
    }),
    replayRun: handle(routes.replayRun, async ({ id, model }, call) => {
      const [open, person] = await by(call);
      return open.replay(person, id, model, call.signal);
    }),
    getUsage: handle(routes.getUsage, async ({ everybody, days }, call) => {
      const [open, person] = await by(call);
      return open.usage(person, { days, everybody: everybody === 'true' });
    }),
    getLimits: handle(routes.getLimits, async (_input, call) => {
      const [open, person] = await by(call);
      return open.limits(person);
    }),
    setLimits: handle(routes.setLimits, async (limits, call) => {
      const [open, person] = await by(call);
      return open.setLimits(person, limits);
    }),
  };
}

import {
  type AskedFocus,
  type AssistantLimits,
  type AssistantMemory,
  type ChatMessage,
  type ContextPreview,
  type ModelRun,
  mostAttachments,
  type SectionAccount,
  type TurnEvent,
} from '@quarterdeck/contract';
import { type AnswerCache, answerKey, type CachedAnswer } from '../cache/answer-cache.ts';
import { attachedSections } from '../context/attached-sections.ts';
import { buildContext } from '../context/build-context.ts';
import type { FinishedEvent, WrittenAnswer } from '../conversations/answer-desk.ts';
import type { AnswerJob } from '../conversations/answer-job.ts';
import { stepsOf } from '../conversations/told-steps.ts';
import { choiceName } from '../failover/chain-error.ts';
import type { ModelChain } from '../failover/model-chain.ts';
import type { ModelMessage } from '../model/model-port.ts';
import { savedAliasesSchema } from '../privacy/alias-table.ts';
import { createPrivacy, type Privacy } from '../privacy/create-privacy.ts';
import { type Instructions, instructionsFor } from '../prompts/instructions.ts';
import { intentOf } from '../prompts/intent-of.ts';
import type { Focus, Intent } from '../sources/context-source.ts';
import type { AssistantTool } from '../tools/assistant-tool.ts';
import { dataBlock } from '../turn/data-block.ts';
import { askedErrorOf } from '../turn/model-error-to-asked.ts';
import { runTurn, type TurnResult } from '../turn/turn.ts';
import type { AssistantParts, Person, Surroundings } from './assistant-parts.ts';
import { quickAnswer } from './quick-answer.ts';

export interface AnswerTask<P extends Person> {
  person: P;
  /** The branch up to the question, which is its last message. */
  branch: readonly ChatMessage[];
  /** Ids of sections that are not sent. */
  without: readonly string[];
  cluster: string | undefined;
  useModel: boolean;
  purpose: ModelRun['purpose'];
  limits: AssistantLimits;
  /** Limits that are nearly met, in words. */
  alerts: readonly string[];
}

/** What goes to a model, sealed. */
interface Composed {
  privacy: Privacy;
  instructions: Instructions;
  memory: AssistantMemory;
  history: ModelMessage[];
  /** The last one is the question with what is known. */
  messages: ModelMessage[];
  context: string;
  account: SectionAccount[];
  mark: string;
}

interface Prepared extends Composed {
  chain: ModelChain;
  surroundings: Surroundings;
  key: string;
}

/** Earlier messages that a model is reminded of. */
const mostRemembered = 20;

/** Writes one answer: the engine's at once, then a model's, and tells everything on the way. Gives what the message has of it. */
export class AnswerWriter<P extends Person> {
  private readonly parts: AssistantParts<P>;
  private readonly cache: AnswerCache;
  private readonly task: AnswerTask<P>;
  private readonly job: AnswerJob;
  private readonly began: number;
  private run: string | null = null;
  private end: FinishedEvent = { type: 'finished', state: 'failed', model: null, usage: null, cost: null, tookMs: 0, cached: false, error: null };
  /** What a question that follows is about. */
  private about: AskedFocus | null = null;

  constructor(parts: AssistantParts<P>, cache: AnswerCache, task: AnswerTask<P>, job: AnswerJob) {
    this.parts = parts;
    this.cache = cache;
    this.task = task;
    this.job = job;
    this.began = parts.now();
  }

  /** Never throws: what goes wrong is in how it ended. */
  async write(): Promise<WrittenAnswer> {
    const letGo = new AbortController();
    const signal = AbortSignal.any([this.job.signal, letGo.signal]);
    try {
      await this.answer(signal);
    } catch (thrown) {
      const error = askedErrorOf(thrown);
      if (error.code === 'INTERNAL_ERROR') this.parts.failed(thrown instanceof Error ? thrown : new Error(String(thrown)));
      this.finish(this.job.signal.aborted ? { state: 'stopped' } : { state: 'failed', error });
    } finally {
      letGo.abort();
    }
    return { message: { run: this.run, ...(this.about === null ? {} : { focus: this.about }) }, end: this.end };
  }

  /** What would be sent now. Throws where the cluster can't be asked. */
  async preview(): Promise<ContextPreview> {
    const letGo = new AbortController();
    const signal = AbortSignal.any([this.job.signal, letGo.signal]);
    try {
      const { person, cluster } = this.task;
      const surroundings = await this.parts.surroundings(person, cluster, signal);
      const quick = await this.quick(surroundings, signal);
      const chain = await this.parts.models('chat', signal);
      const { instructions, messages, account } = await this.compose(surroundings, quick, signal);
      const texts = [...instructions.parts, ...messages].map(({ text }) => text);
      return {
        models: (chain?.choices ?? []).map(choiceName),
        instructions: instructions.parts.map(({ text }) => text),
        messages: messages.map((message) => ({ ...message })),
        tools: toolsOf(surroundings, person).map(({ name }) => name),
        sections: account,
        tokens: texts.reduce((sum, text) => sum + this.parts.countTokens(text), 0),
      };
    } finally {
      letGo.abort();
    }
  }

  private async answer(signal: AbortSignal): Promise<void> {
    const { person, cluster, useModel } = this.task;
    const surroundings = await this.parts.surroundings(person, cluster, signal);
    const quick = await this.quick(surroundings, signal);
    const chain = useModel ? await this.parts.models('chat', signal) : null;
    if (chain === null || chain.choices.length === 0) {
      if (quick === '') this.job.tell({ type: 'quick', text: needsModel });
      this.finish({ state: 'complete' });
      return;
    }
    for (const text of this.task.alerts) this.job.tell({ type: 'note', level: 'info', text });
    const prepared = await this.prepare(chain, surroundings, quick, signal);
    const cached = await this.cache.find(prepared.key, toolsOf(surroundings, person), signal);
    if (cached !== null) await this.repeat(cached, prepared);
    else await this.cache.alone(prepared.key, () => this.ask(prepared, signal));
  }

  private async quick(surroundings: Surroundings, signal: AbortSignal): Promise<string> {
    let text = '';
    const answering = quickAnswer(surroundings.sources, this.question.text, this.focus(), signal);
    let step = await answering.next();
    for (; step.done !== true; step = await answering.next()) {
      if (step.value.type === 'quick') text += step.value.text;
      this.job.tell(step.value);
    }
    const { before: _before, ...about } = step.value;
    this.about = about;
    return text;
  }

  private async prepare(chain: ModelChain, surroundings: Surroundings, quick: string, signal: AbortSignal): Promise<Prepared> {
    const composed = await this.compose(surroundings, quick, signal);
    const { memory, context, mark, history, instructions } = composed;
    const { settings } = composed.privacy;
    const of = { context: context.replaceAll(mark, ''), history, prompt: instructions.name, quick, cluster: surroundings.cluster, privacy: settings };
    const key = this.key(memory, { chain, ...of });
    return { ...composed, chain, surroundings, key };
  }

  private async compose(surroundings: Surroundings, quick: string, signal: AbortSignal): Promise<Composed> {
    const { parts, task, question } = this;
    const mark = parts.newId().replaceAll(/[^\w]/g, '').slice(0, 16);
    const intent = intentOf(question.text, this.focus());
    const [privacy, memory] = await Promise.all([this.privacy(surroundings, signal), parts.store.memory(task.person.owner)]);
    const instructions = instructionsFor(intent, memory, (text) => privacy.seal(text));
    const { text: context, account } = await this.context(surroundings, { intent, privacy, mark, signal });
    const earlier = task.branch.slice(0, -1).slice(-mostRemembered);
    const history = earlier.map((message): ModelMessage => toModelMessage(message, privacy));
    const found = quick === '' ? '' : dataBlock('what the engine found, without a model', privacy.seal(quick, ['sendLogs']), mark);
    const text = [privacy.seal(question.text), found, context].filter((part) => part !== '').join('\n\n');
    return { privacy, instructions, memory, history, messages: [...history, { role: 'user', text }], context, account, mark };
  }

  private async privacy({ sources }: Surroundings, signal: AbortSignal): Promise<Privacy> {
    const { parts, task } = this;
    const [settings, aliases, names, secrets] = await Promise.all([
      parts.store.privacy(task.person.owner),
      parts.store.aliases(this.job.message.conversation),
      Promise.all(sources.map((source) => source.names(signal))),
      Promise.all(sources.map((source) => source.secrets?.(this.focus(), signal) ?? [])),
    ]);
    const saved = savedAliasesSchema.safeParse(aliases);
    return createPrivacy({
      settings,
      names: names.flat(),
      secrets: [...parts.secrets(), ...secrets.flat()],
      ...(saved.success ? { aliases: saved.data } : {}),
    });
  }

  private async context({ sources }: Surroundings, { intent, privacy, mark, signal }: { intent: Intent; privacy: Privacy; mark: string; signal: AbortSignal }) {
    // What was attached earlier in the conversation is still spoken of.
    const attachments = this.task.branch.flatMap((message) => message.attachments).slice(-mostAttachments);
    const [attached, ...known] = await Promise.all([
      attachedSections(sources, attachments, this.focus(), signal),
      ...sources.map((source) => source.summarise(this.focus(), signal)),
    ]);
    const { context: settings, countTokens } = this.parts;
    const sections = [...known.flat(), ...attached].filter(({ id }) => !this.task.without.includes(id));
    return buildContext({ sections, intent, settings, privacy, countTokens, mark });
  }

  private key(memory: AssistantMemory, rest: { chain: ModelChain } & Record<string, unknown>): string {
    const { chain, ...others } = rest;
    const { person } = this.task;
    const models = chain.choices.map(choiceName);
    return answerKey({ ...others, models, memory, question: this.question.text.trim(), owner: person.owner, sight: person.sight });
  }

  private async repeat({ text, steps, model }: CachedAnswer, { instructions, surroundings }: Prepared): Promise<void> {
    for (const step of steps) this.job.tell(step);
    this.job.tell({ type: 'text', text });
    await this.keepRun({ model, prompt: instructions.name, cluster: surroundings.cluster, cached: true });
    this.finish({ state: 'complete', model, cached: true });
  }

  private async ask({ chain, privacy, instructions, messages, account, surroundings, mark, key }: Prepared, signal: AbortSignal): Promise<void> {
    const { parts, task } = this;
    const { cluster } = surroundings;
    const models = chain.choices.map(choiceName);
    const act = await parts.acts(task.person, cluster).begin({ action: 'model.run', target: null, input: { purpose: task.purpose, models }, kubectl: null });
    const tools = toolsOf(surroundings, task.person);
    const turn = runTurn(
      { instructions: instructions.parts, messages, tools, limits: task.limits },
      { models: chain, privacy, mark, now: parts.now, countTokens: parts.countTokens, costOf: parts.costOf },
      signal,
    );
    const before = this.job.events.length;
    let step = await turn.next();
    for (; step.done !== true; step = await turn.next()) {
      this.job.tell(step.value);
      // Nobody asked yet, so nothing is put before anybody.
      if (task.purpose === 'prefetch' && proposes(step.value, tools)) this.job.stop();
    }
    const result = step.value;
    await parts.store.putAliases(this.job.message.conversation, privacy.saved());
    await this.keepRun({ ...result, context: account, prompt: instructions.name, cluster, cached: false });
    await act.end({ outcome: outcomeOf(result), detail: { run: this.run, model: result.model, requests: result.requests.length, cost: result.cost } });
    await this.remember(key, result, this.job.events.slice(before));
    this.finish(result);
  }

  private async remember(key: string, { state, proposals, looks, model, text }: TurnResult, events: readonly TurnEvent[]): Promise<void> {
    if (state !== 'complete' || proposals.length > 0 || model === null || text === '') return;
    await this.cache.keep(key, { model, text, steps: stepsOf(events), looks: [...looks] });
  }

  private async keepRun(of: Partial<TurnResult> & { context?: SectionAccount[]; prompt: string; cluster: string | null; cached: boolean }): Promise<void> {
    const { parts, task, job } = this;
    const { owner } = task.person;
    this.run = parts.newId();
    await parts.store.putRun({
      ...{ id: this.run, purpose: task.purpose, user: owner.user, organisation: owner.organisation, cluster: of.cluster },
      ...{ conversation: job.message.conversation, message: job.message.id, at: new Date(this.began).toISOString(), prompt: of.prompt },
      ...{ model: of.model ?? null, requests: of.requests ?? [], context: of.context ?? [], answers: of.answers ?? [], tools: [...(of.tools ?? [])] },
      usage: of.usage ?? { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, estimated: false },
      cost: of.cost === undefined ? 0 : of.cost,
      firstTextMs: of.firstTextMs ?? null,
      tookMs: parts.now() - this.began,
      retries: of.retries ?? 0,
      state: of.state ?? 'complete',
      ...{ error: of.error ?? null, cached: of.cached, rating: null, replayOf: null },
    });
  }

  private finish(end: Partial<TurnResult> & { state: TurnResult['state']; cached?: boolean }): void {
    const { model = null, usage = null, cost = null, error = null, cached = false } = end;
    this.end = { type: 'finished', state: end.state, model, usage, cost, tookMs: this.parts.now() - this.began, cached, error };
  }

  private get question(): ChatMessage {
    return this.task.branch.at(-1) ?? this.job.message;
  }

  private focus(): Focus {
    const earlier = this.task.branch.slice(0, -1);
    const before = earlier.findLast(({ role }) => role === 'user');
    const { focus } = this.question;
    const object = focus.object ?? earlier.at(-1)?.focus.object ?? null;
    return { ...focus, object, ...(before === undefined ? {} : { before: before.text }) };
  }
}

const needsModel =
  'The engine can’t answer this alone, and no language model is asked. It can say why something fails, what changed, list and count objects, show logs and events, and explain kinds, fields and errors.';

function toolsOf({ sources }: Surroundings, person: Person) {
  return sources.flatMap(({ tools }) => tools).filter(({ permission }) => person.may(permission));
}

function proposes(event: TurnEvent, tools: readonly AssistantTool[]): boolean {
  return event.type === 'toolStarted' && tools.some(({ name, effect }) => name === event.tool && effect === 'propose');
}

/** What the engine said may quote logs, in a later request as well as in the first. */
function toModelMessage({ role, text, steps }: ChatMessage, privacy: Privacy): ModelMessage {
  if (role === 'user') return { role, text: privacy.seal(text) };
  const isEngines = steps.some((step) => step.type === 'quick' && step.text === text);
  return { role, text: privacy.seal(text, isEngines ? ['sendLogs'] : []), toolCalls: [] };
}

function outcomeOf({ state }: TurnResult): 'done' | 'failed' | 'cancelled' {
  if (state === 'stopped') return 'cancelled';
  return state === 'failed' ? 'failed' : 'done';
}

import {
  AppError,
  type Asked,
  type AskedFocus,
  type AssistantLimits,
  type AssistantMemory,
  type AssistantPrivacy,
  type ChatMessage,
  type ContextPreview,
  type Conversation,
  type ConversationDetail,
  type ConversationPage,
  type DraftedPlan,
  type ModelRun,
  type OfferedModel,
  type Plan,
  type PlanRequest,
  type Question,
  type Rating,
  type RunFilter,
  type RunPage,
  type TurnFrame,
  type UsageReport,
} from '@quarterdeck/contract';
import { AnswerCache } from '../cache/answer-cache.ts';
import { AnswerDesk } from '../conversations/answer-desk.ts';
import { AnswerJob } from '../conversations/answer-job.ts';
import { branchTo } from '../conversations/branch.ts';
import type { GeneratedManifest } from '../manifests/generate-manifest.ts';
import { type Place, Places } from '../runs/places.ts';
import { replayRun } from '../runs/replay-run.ts';
import { limitsLeft, spentBy } from '../runs/spending.ts';
import { usageReport } from '../runs/usage-report.ts';
import type { AssistantParts, Person, Surroundings } from './assistant-parts.ts';
import { Prefetcher } from './prefetch.ts';
import { AnswerWriter } from './write-answer.ts';
import { type ManifestRequest, writeManifest } from './write-manifest.ts';
import { type PlanWish, writePlan } from './write-plan.ts';

const day = 86_400_000;
/** Characters. */
const longestTitle = 80;

/** A question, whoever answers it. */
type AskedQuestion = Omit<Question, 'model'> & { cluster?: string | undefined };
type ConversationChange = { title?: string | undefined; head?: string | undefined; shared?: boolean | undefined };

interface Allowed {
  limits: AssistantLimits;
  /** Null where no model is asked. */
  place: Place | null;
}

/** All that can be asked of the assistant, whichever way it is asked. Whoever made it closes it. */
export class Assistant<P extends Person = Person> {
  private readonly parts: AssistantParts<P>;
  private readonly desk: AnswerDesk;
  private readonly cache: AnswerCache;
  private readonly prefetcher: Prefetcher<P>;
  private readonly places: Places;

  constructor(parts: AssistantParts<P>) {
    this.parts = parts;
    this.desk = new AnswerDesk({ store: parts.store, own: parts.newId(), now: parts.now, failed: parts.failed });
    this.cache = new AnswerCache(parts.cache);
    this.places = new Places(parts.store, parts.now);
    this.prefetcher = new Prefetcher(parts, this.cache, this.places);
  }

  /** Ends what was being written when its process ended, now and from time to time. To be called once before the first question. */
  recover(): Promise<void> {
    this.desk.keepRecovering();
    return this.desk.recover();
  }

  /** Begins an answer. Throws RATE_LIMITED where a limit is met, NOT_FOUND for a conversation that is not theirs. */
  async ask(person: P, asked: Question & { cluster?: string | undefined }): Promise<Asked> {
    const limits = await this.parts.store.limits(person.owner.organisation);
    const place = asked.model ? await this.places.take(person.owner, limits) : null;
    try {
      return await this.begin(person, asked, { limits: place?.limits ?? limits, place });
    } catch (thrown) {
      place?.free();
      throw thrown;
    }
  }

  private async begin(person: P, asked: Question & { cluster?: string | undefined }, { limits, place }: Allowed): Promise<Asked> {
    const { store } = this.parts;
    const { found, branch, question, answer } = await this.threadOf(person, asked);
    const conversation = { ...found, head: answer.id, updatedAt: answer.createdAt };
    await store.putConversation(person.owner, conversation);
    await store.putMessage(question);
    const lease = this.desk.newLease();
    await store.putMessage(answer, lease);
    const task = {
      person,
      branch,
      without: asked.without,
      cluster: asked.cluster ?? conversation.cluster ?? undefined,
      useModel: asked.model,
      purpose: 'chat',
      limits,
      alerts: place?.alerts ?? [],
    } as const;
    const write = (job: AnswerJob) => new AnswerWriter(this.parts, this.cache, task, job).write().finally(() => place?.free());
    this.desk.start(answer, { owner: person.owner, lease }, write, (written) => this.prefetcher.start(task, written));
    return { conversation, question, answer };
  }

  /** What would be sent if this was asked now; nothing leaves and nothing is kept. Throws NOT_FOUND for a conversation that is not theirs. */
  async previewContext(person: P, asked: AskedQuestion, signal: AbortSignal): Promise<ContextPreview> {
    const { found, branch, answer } = await this.threadOf(person, asked);
    const limits = await this.parts.store.limits(person.owner.organisation);
    const cluster = asked.cluster ?? found.cluster ?? undefined;
    const job = new AnswerJob(answer, '', { add: async () => undefined, failed: this.parts.failed });
    const stop = () => job.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      const task = { person, branch, without: asked.without, cluster, useModel: true, purpose: 'chat', limits, alerts: [] } as const;
      return await new AnswerWriter(this.parts, this.cache, task, job).preview();
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** The question and its answer where they stand in their conversation; neither is stored yet. */
  private async threadOf(person: P, asked: AskedQuestion) {
    const found = await this.conversationFor(person, asked);
    const messages = await this.messagesOf(found.id);
    const parent = asked.parent === undefined ? found.head : asked.parent;
    if (parent !== null && !messages.some(({ id }) => id === parent)) throw noMessage(parent);
    const at = this.parts.now();
    const question = this.message(found.id, at, {
      role: 'user',
      parent,
      text: asked.question,
      focus: asked.focus,
      attachments: asked.attachments,
      state: 'complete',
    });
    // One after the other also where both are of one moment.
    const answer = this.message(found.id, at + 1, { role: 'assistant', parent: question.id, text: '', focus: asked.focus, attachments: [], state: 'writing' });
    return { found, question, answer, branch: [...branchTo(messages, parent), question] };
  }

  /** What happens while an answer is written, from an offset on. Of one that is finished, its end. Throws NOT_FOUND. */
  async follow(person: P, id: string, from: number, signal: AbortSignal): Promise<AsyncIterable<TurnFrame>> {
    const job = this.desk.find(person.owner, id);
    if (job !== null) return job.follow(from, signal);
    const message = await this.ownMessage(person, id);
    return framesOf(message, from);
  }

  async stop(person: P, id: string): Promise<void> {
    const job = this.desk.find(person.owner, id);
    if (job === null) await this.ownMessage(person, id);
    job?.stop();
  }

  async rate(person: P, id: string, rating: Rating | null, comment: string): Promise<void> {
    await this.ownMessage(person, id);
    await this.parts.store.rateMessage(person.owner, id, rating, comment);
  }

  /** One's own, or those that others of the organisation share with who may see the same. */
  conversations(person: P, { shared, ...query }: { search: string; shared: boolean; limit: number; before?: string | undefined }): Promise<ConversationPage> {
    return this.parts.store.conversations(person.owner, { ...query, ...(shared ? { sharedWith: person.sight } : {}) });
  }

  /** One's own, or one that is shared. Throws NOT_FOUND. */
  async conversation(person: P, id: string): Promise<ConversationDetail> {
    const { store } = this.parts;
    const conversation = (await store.sharedConversation(person.owner, id, person.sight)) ?? (await this.ownConversation(person, id));
    return { conversation, messages: await this.messagesOf(id) };
  }

  /** Sharing throws FORBIDDEN for who belongs to no organisation. */
  async changeConversation(person: P, id: string, change: ConversationChange): Promise<Conversation> {
    const found = await this.ownConversation(person, id);
    if (change.head !== undefined && !(await this.parts.store.messages(id)).some((message) => message.id === change.head)) throw noMessage(change.head);
    const { title = found.title, head = found.head, shared = found.shared } = change;
    if (shared !== found.shared) await this.share(person, id, shared);
    const changed = { ...found, title, head, shared };
    await this.parts.store.putConversation(person.owner, changed);
    return changed;
  }

  private async share(person: P, id: string, shared: boolean): Promise<void> {
    const { owner, sight } = person;
    if (owner.organisation === null) {
      throw new AppError('FORBIDDEN', 'There is nobody to share it with.', { hint: 'Export it, or run the workbench for a team.' });
    }
    await this.parts.store.shareConversation(owner, id, shared ? sight : null);
  }

  async deleteConversation(person: P, id: string): Promise<void> {
    await this.ownConversation(person, id);
    const messages = await this.messagesOf(id);
    for (const message of messages) this.desk.find(person.owner, message.id)?.stop();
    await this.parts.store.deleteConversation(person.owner, id);
  }

  async suggestions(person: P, cluster: string | undefined, focus: AskedFocus, signal: AbortSignal): Promise<string[]> {
    return this.within(person, cluster, signal, async ({ sources }, limited) =>
      (await Promise.all(sources.map((source) => source.suggestedPrompts(focus, limited)))).flat(),
    );
  }

  /** A plan for an issue; see `writePlan`. */
  async plan(person: P, request: PlanRequest & { cluster?: string | undefined }, signal: AbortSignal): Promise<Plan> {
    return (await this.draftedPlan(person, request, { model: true }, signal)).plan;
  }

  /** The same with who made it, and the engine's own beside it; told what is being done until then. */
  draftedPlan(
    person: P,
    { cluster, ...request }: PlanRequest & { cluster?: string | undefined },
    how: Pick<PlanWish<P>, 'model' | 'doing'>,
    signal: AbortSignal,
  ): Promise<DraftedPlan> {
    return this.within(person, cluster, signal, (surroundings, limited) =>
      writePlan({ ...this.parts, places: this.places }, { person, request, surroundings, ...how }, limited),
    );
  }

  /** A manifest from a description; see `writeManifest`. */
  manifest(person: P, { cluster, ...request }: ManifestRequest & { cluster?: string | undefined }, signal: AbortSignal): Promise<GeneratedManifest> {
    return this.within(person, cluster, signal, (surroundings, limited) =>
      writeManifest({ ...this.parts, places: this.places }, { person, request, surroundings }, limited),
    );
  }

  models(signal: AbortSignal): Promise<OfferedModel[]> {
    return this.parts.offeredModels(signal);
  }

  memory(person: P): Promise<AssistantMemory> {
    return this.parts.store.memory(person.owner);
  }

  async setMemory(person: P, memory: AssistantMemory): Promise<AssistantMemory> {
    await this.parts.store.putMemory(person.owner, memory);
    return memory;
  }

  privacy(person: P): Promise<AssistantPrivacy> {
    return this.parts.store.privacy(person.owner);
  }

  async setPrivacy(person: P, privacy: AssistantPrivacy): Promise<AssistantPrivacy> {
    await this.parts.store.putPrivacy(person.owner, privacy);
    return privacy;
  }

  /** `everybody` needs the permission to look after the assistant. */
  async runs(person: P, query: { everybody: boolean; filter?: RunFilter; limit: number; before?: string | undefined }): Promise<RunPage> {
    const { user, organisation } = person.owner;
    const { everybody: _, ...rest } = query;
    return this.parts.store.runs({ user: this.forEverybody(person, query) ? null : user, organisation, ...rest });
  }

  async run(person: P, id: string): Promise<ModelRun> {
    const run = await this.parts.store.run(id);
    const { user, organisation } = person.owner;
    const visible = run !== null && run.organisation === organisation && (run.user === user || person.may('ai:manage'));
    if (visible) return run;
    throw new AppError('NOT_FOUND', `There is no run ${id}.`, { hint: 'The list of runs shows what there is.' });
  }

  /** Sends what a run sent last to another model; see `replayRun`. Counts as a message. */
  async replay(person: P, id: string, model: string, signal: AbortSignal): Promise<ModelRun> {
    if (!person.may('ai:manage')) throw forbidden();
    const run = await this.run(person, id);
    const models = await this.parts.model(model, signal);
    const limits = await this.parts.store.limits(person.owner.organisation);
    return this.places.within(person.owner, limits, signal, (limited) => replayRun(this.parts, { person, run, model, models }, limited));
  }

  async usage(person: P, query: { everybody: boolean; days: number }): Promise<UsageReport> {
    const { store, now } = this.parts;
    const { user, organisation } = person.owner;
    const since = new Date(now() - query.days * day).toISOString();
    const all = await store.runsSince(organisation, since);
    const shown = this.forEverybody(person, query) ? all : all.filter((run) => run.user === user);
    const limits = limitsLeft(await store.limits(organisation), await spentBy(store, person.owner, now()));
    return usageReport(shown, since, limits);
  }

  limits(person: P): Promise<AssistantLimits> {
    return this.parts.store.limits(person.owner.organisation);
  }

  async setLimits(person: P, limits: AssistantLimits): Promise<AssistantLimits> {
    if (!person.may('ai:manage')) throw forbidden();
    await this.parts.store.putLimits(person.owner.organisation, limits);
    return limits;
  }

  /** Lets go of the surroundings when `use` is done. */
  private async within<T>(
    person: P,
    cluster: string | undefined,
    signal: AbortSignal,
    use: (surroundings: Surroundings, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const letGo = new AbortController();
    const limited = AbortSignal.any([signal, letGo.signal]);
    try {
      return await use(await this.parts.surroundings(person, cluster, limited), limited);
    } finally {
      letGo.abort();
    }
  }

  /** Stops what is being written and keeps what there is of it. */
  async close(): Promise<void> {
    await Promise.all([this.desk.close(), this.prefetcher.close()]);
  }

  private forEverybody(person: P, { everybody }: { everybody: boolean }): boolean {
    if (everybody && !person.may('ai:manage')) throw forbidden();
    return everybody;
  }

  private async conversationFor(person: P, { conversation, question, cluster }: AskedQuestion): Promise<Conversation> {
    if (conversation !== undefined) return this.ownConversation(person, conversation);
    const at = new Date(this.parts.now()).toISOString();
    const line = question.replaceAll(/\s+/g, ' ');
    const title = line.length <= longestTitle ? line : `${line.slice(0, longestTitle - 1)}…`;
    return { id: this.parts.newId(), title, cluster: cluster ?? null, createdAt: at, updatedAt: at, head: null, shared: false, own: true };
  }

  private async ownConversation(person: P, id: string): Promise<Conversation> {
    const found = await this.parts.store.conversation(person.owner, id);
    if (found !== null) return found;
    throw new AppError('NOT_FOUND', `There is no conversation ${id}.`, { hint: 'The list of conversations shows yours.' });
  }

  private async ownMessage(person: P, id: string): Promise<ChatMessage> {
    const { store } = this.parts;
    let found = await store.message(person.owner, id);
    if (found !== null && this.mayBeCut(found)) {
      await this.desk.recover();
      found = await store.message(person.owner, id);
    }
    if (found !== null) return found;
    throw noMessage(id);
  }

  private async messagesOf(conversation: string): Promise<ChatMessage[]> {
    const { store } = this.parts;
    const found = await store.messages(conversation);
    if (!found.some((message) => this.mayBeCut(message))) return found;
    await this.desk.recover();
    return store.messages(conversation);
  }

  /** Whether it may be that nobody writes it any more. */
  private mayBeCut({ state, id }: ChatMessage): boolean {
    return state === 'writing' && !this.desk.writes(id);
  }

  private message(conversation: string, at: number, of: Pick<ChatMessage, 'role' | 'parent' | 'text' | 'focus' | 'attachments' | 'state'>): ChatMessage {
    return { id: this.parts.newId(), conversation, createdAt: new Date(at).toISOString(), steps: [], run: null, rating: null, ...of };
  }
}

function noMessage(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no message ${id}.`, { hint: 'Open the conversation to see its messages.' });
}

function forbidden(): AppError {
  return new AppError('FORBIDDEN', 'Only who looks after the assistant may do this.', { hint: 'Ask for the permission ai:manage.' });
}

/** The events of an answer that is not written any more: all for who has seen none of them, else its end. */
async function* framesOf({ steps, text, state }: ChatMessage, from: number): AsyncGenerator<TurnFrame> {
  const finished = steps.at(-1);
  if (from === 0) {
    let offset = 0;
    for (const event of steps.slice(0, -1)) yield { offset: offset++, event };
    if (!steps.some((step) => step.type === 'quick' && step.text === text)) yield { offset: offset++, event: { type: 'text', text } };
    if (finished !== undefined) yield { offset, event: finished };
    return;
  }
  if (finished !== undefined && state !== 'writing') yield { offset: from, event: finished };
}

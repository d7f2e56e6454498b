import type { ChatMessage } from '@quarterdeck/contract';
import type { AnswerCache } from '../cache/answer-cache.ts';
import { AnswerJob } from '../conversations/answer-job.ts';
import { type Places, withMoney } from '../runs/places.ts';
import { limitsLeft, spentBy } from '../runs/spending.ts';
import type { AssistantParts, Person } from './assistant-parts.ts';
import { type AnswerTask, AnswerWriter } from './write-answer.ts';

/** Of what may be asked next, so many questions are answered beforehand. */
const mostQuestions = 2;

/** Answers what is likely to be asked next into the cache, for whom a budget says so. Off unless it does. */
export class Prefetcher<P extends Person> {
  private readonly parts: AssistantParts<P>;
  private readonly cache: AnswerCache;
  private readonly places: Places;
  private readonly ending = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(parts: AssistantParts<P>, cache: AnswerCache, places: Places) {
    this.parts = parts;
    this.cache = cache;
    this.places = places;
  }

  /** After an answer, in the background. `answer` is the message as it was stored. */
  start(task: AnswerTask<P>, answer: ChatMessage): void {
    if (task.limits.prefetchPerDay <= 0 || answer.state !== 'complete' || answer.run === null) return;
    const run = this.run(task, answer).catch((thrown) => this.parts.failed(thrown instanceof Error ? thrown : new Error(String(thrown))));
    this.running.add(run);
    void run.finally(() => this.running.delete(run));
  }

  async close(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.running);
  }

  private async run(task: AnswerTask<P>, answer: ChatMessage): Promise<void> {
    for (const question of await this.questions(task, answer)) {
      const left = await this.moneyLeft(task);
      if (left <= 0 || this.ending.signal.aborted) return;
      const message = { ...answer, id: this.parts.newId(), parent: answer.id, role: 'user', text: question } as const;
      const job = new AnswerJob({ ...answer, id: this.parts.newId(), parent: message.id }, '', { add: async () => undefined, failed: this.parts.failed });
      const stop = () => job.stop();
      this.ending.signal.addEventListener('abort', stop, { once: true });
      const limits = { ...task.limits, costPerAnswer: Math.min(left, task.limits.costPerAnswer ?? left) };
      const likely = { ...task, purpose: 'prefetch', limits, alerts: [], branch: [...task.branch, answer, message] } as const;
      const letGo = this.places.hold(task.person.owner, limits.costPerAnswer);
      await new AnswerWriter(this.parts, this.cache, likely, job).write();
      letGo();
      // Else every one of them would be held for as long as the workbench runs.
      this.ending.signal.removeEventListener('abort', stop);
    }
  }

  /** US dollars: what nobody asked for is paid from its own budget, and never beyond the others. */
  private async moneyLeft({ limits, person }: AnswerTask<P>): Promise<number> {
    const spent = await spentBy(this.parts.store, person.owner, this.parts.now());
    const { costLeftToday, costLeftThisMonth } = limitsLeft(limits, withMoney(spent, this.places.inFlight(person.owner)));
    return Math.min(limits.prefetchPerDay - spent.prefetchToday, costLeftToday ?? Infinity, costLeftThisMonth ?? Infinity);
  }

  private async questions({ person, cluster, branch }: AnswerTask<P>, { focus }: ChatMessage): Promise<string[]> {
    const letGo = new AbortController();
    const signal = AbortSignal.any([this.ending.signal, letGo.signal]);
    try {
      const { sources } = await this.parts.surroundings(person, cluster, signal);
      const prompts = (await Promise.all(sources.map((source) => source.suggestedPrompts(focus, signal)))).flat();
      return prompts.filter((prompt) => !branch.some(({ text }) => text === prompt)).slice(0, mostQuestions);
    } finally {
      letGo.abort();
    }
  }
}

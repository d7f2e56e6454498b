import type { AnswerState, AskedError, AssistantLimits, Proposal, SentRequest, TokenUsage, TurnEvent } from '@quarterdeck/contract';
import type { Look } from '../cache/answer-cache.ts';
import { choiceName } from '../failover/chain-error.ts';
import type { ChainRequest, ModelChain } from '../failover/model-chain.ts';
import { ModelError } from '../model/model-error.ts';
import type { InstructionPart, ModelMessage } from '../model/model-port.ts';
import type { AssistantTool, SeenObject } from '../tools/assistant-tool.ts';
import { askStep, type StepOutcome } from './ask-step.ts';
import { compacted, withoutLastResult } from './compact.ts';
import { askedErrorOf } from './model-error-to-asked.ts';
import { ResultShelf } from './result-shelf.ts';
import { mostFailures, ToolCalls, type ToolRecord } from './tool-calls.ts';
import { TurnBudget } from './turn-budget.ts';
import type { TurnPrivacy } from './turn-privacy.ts';
import { addUsage, noUsage, usageOf } from './turn-usage.ts';

export interface TurnInput {
  /** The same over a conversation, and sealed already. */
  instructions: readonly InstructionPart[];
  /** Sealed already; the question is the last. */
  messages: readonly ModelMessage[];
  tools: readonly AssistantTool[];
  limits: AssistantLimits;
}

export interface TurnParts {
  models: ModelChain;
  privacy: TurnPrivacy;
  /** Random; what tools give stands between lines with it. See `dataBlock`. */
  mark: string;
  /** Epoch milliseconds. */
  now(): number;
  countTokens(text: string): number;
  /** US dollars for `provider/model`; null where the price is unknown. */
  costOf(model: string, usage: TokenUsage): number | null;
}

/** How the answer of a model came to be. */
export interface TurnResult {
  state: Exclude<AnswerState, 'writing' | 'cut'>;
  /** As it is shown. */
  text: string;
  /** `provider/model` of the last one that answered. */
  model: string | null;
  requests: SentRequest[];
  /** As models wrote them, with aliases. */
  answers: string[];
  tools: readonly ToolRecord[];
  seen: readonly SeenObject[];
  /** Of the tools that were given, what was read. */
  looks: readonly Look[];
  proposals: readonly Proposal[];
  usage: TokenUsage;
  cost: number | null;
  retries: number;
  firstTextMs: number | null;
  tookMs: number;
  error: AskedError | null;
}

/** Tokens of one answer. */
const longestAnswer = 8_192;
/** Prices are of a million tokens. */
const perMillion = 1_000_000;

/**
 * Asks models and does what they call for until there is an answer or a limit is met. Never throws: what goes wrong is
 * in the result, beside what there is of the answer.
 */
export async function* runTurn(input: TurnInput, parts: TurnParts, signal: AbortSignal): AsyncGenerator<TurnEvent, TurnResult> {
  const turn = new Turn(input, parts);
  return yield* turn.run(signal);
}

class Turn {
  private readonly input: TurnInput;
  private readonly parts: TurnParts;
  private readonly budget: TurnBudget;
  private readonly calls: ToolCalls;
  private readonly tools: readonly AssistantTool[];
  private messages: ModelMessage[];
  /** How many of them are of the conversation before the question. */
  private history: number;
  /** What was left out of a request that failed, so that it is once only. */
  private readonly mended = new Set<'contextOverflow' | 'filtered'>();
  private readonly began: number;
  private readonly result: Omit<TurnResult, 'tools' | 'seen' | 'looks' | 'proposals' | 'tookMs'> = {
    ...{ state: 'complete', text: '', model: null, usage: noUsage, cost: 0, retries: 0, firstTextMs: null, error: null },
    requests: [],
    answers: [],
  };

  constructor(input: TurnInput, parts: TurnParts) {
    const shelf = new ResultShelf();
    this.input = input;
    this.parts = parts;
    this.budget = new TurnBudget(input.limits);
    this.tools = [...input.tools, shelf.tool];
    this.calls = new ToolCalls({ ...parts, tools: this.tools, shelf });
    this.messages = [...input.messages];
    this.history = Math.max(0, input.messages.length - 1);
    this.began = parts.now();
  }

  async *run(signal: AbortSignal): AsyncGenerator<TurnEvent, TurnResult> {
    const time = AbortSignal.timeout(this.budget.timeLimit);
    const limited = AbortSignal.any([signal, time]);
    try {
      let goesOn = true;
      while (goesOn) goesOn = yield* this.step(limited);
    } catch (thrown) {
      yield* this.failed(thrown, { stopped: signal.aborted, late: time.aborted });
    }
    const { records, seen, proposals } = this.calls;
    const looks = this.calls.looks.filter(({ tool }) => this.input.tools.some(({ name }) => name === tool));
    return { ...this.result, tools: records, seen, looks, proposals, tookMs: this.parts.now() - this.began };
  }

  /** One request and the calls that come of it; whether another is needed. */
  private async *step(signal: AbortSignal): AsyncGenerator<TurnEvent, boolean> {
    const overdrawn = this.budget.overdrawn();
    if (overdrawn !== null) return yield* this.limited(overdrawn);
    const last = this.budget.exhausted() ?? (this.calls.failuresInARow >= mostFailures ? `${mostFailures} failed calls in a row` : null);
    const outcome = yield* this.ask(last, signal);
    this.budget.countStep();
    if (yield* this.mend(outcome)) return true;
    if (outcome.error !== null) throw outcome.error;
    if (outcome.calls.length === 0) return yield* this.ended(outcome);
    if (last !== null) return yield* this.limited(last);
    this.messages.push({ role: 'assistant', text: outcome.raw, toolCalls: outcome.calls });
    this.messages.push(...(yield* this.calls.run(outcome.calls, this.budget.takeCalls(outcome.calls.length), signal)));
    signal.throwIfAborted();
    return true;
  }

  /** Whether a request that was too long, or that a filter stopped, is made again with less. Each once in an answer. */
  private *mend({ error, finish }: StepOutcome): Generator<TurnEvent, boolean> {
    const kind = error instanceof ModelError ? error.kind : finish?.reason;
    if ((kind !== 'contextOverflow' && kind !== 'filtered') || this.mended.has(kind)) return false;
    this.mended.add(kind);
    const text = kind === 'filtered' ? this.withhold() : this.compact();
    if (text === null) return false;
    yield { type: 'note', level: 'info', text };
    return true;
  }

  /** What to say of it; null where there is nothing to leave out. */
  private withhold(): string | null {
    const rest = withoutLastResult(this.messages);
    if (rest === null) return null;
    this.messages = rest.messages;
    return `The provider's filter stopped the answer. It is asked again without the result of ${rest.tool}.`;
  }

  private compact(): string | null {
    const rest = compacted(this.messages, { history: this.history, mark: this.parts.mark, countTokens: this.parts.countTokens });
    if (rest === null) return null;
    this.messages = rest.messages;
    this.history = rest.history;
    return 'All of it was too long for the model. It is asked again without the oldest messages, and with long results cut.';
  }

  private async *ask(last: string | null, signal: AbortSignal): AsyncGenerator<TurnEvent, StepOutcome> {
    const request = this.request(last);
    const { parts, result } = this;
    const gap = result.text === '' || result.text.endsWith('\n\n') ? '' : '\n\n';
    const outcome = yield* askStep({ models: parts.models, privacy: parts.privacy, request, gap, now: parts.now }, signal);
    if (outcome.model !== null) {
      result.model = outcome.model;
      result.requests.push(sentOf(request, outcome.model));
      result.answers.push(outcome.raw);
      this.book(outcome, request);
    }
    result.retries += outcome.retries;
    if (outcome.firstTextAt !== null) result.firstTextMs ??= outcome.firstTextAt - this.began;
    result.text += outcome.text;
    return outcome;
  }

  private book({ finish, raw, model }: StepOutcome, request: ChainRequest): void {
    const usage = usageOf(finish?.usage ?? null, request, raw, this.parts.countTokens);
    const cost = model === null ? null : this.parts.costOf(model, usage);
    this.budget.spend(usage.input + usage.output, cost);
    this.result.usage = addUsage(this.result.usage, usage);
    this.result.cost = this.result.cost === null || cost === null ? null : this.result.cost + cost;
  }

  private request(last: string | null): ChainRequest {
    const ending: ModelMessage[] =
      last === null ? [] : [{ role: 'user', text: `No more calls can be made: ${last} is met. Answer now with what you have, and say what is missing.` }];
    const request = {
      instructions: this.input.instructions,
      messages: [...this.messages, ...ending],
      tools: this.tools.map(({ name, description, input }) => ({ name, description, input })),
      maxOutputTokens: longestAnswer,
    };
    return { ...request, maxOutputTokens: Math.min(longestAnswer, this.budget.outputLeft(this.pricesOf(request))) };
  }

  /** Of the dearest of the models that may answer; what has no price bounds nothing. */
  private pricesOf(request: ChainRequest): { tokens: number; cost: number; perToken: number } {
    const sent = usageOf(null, request, '', this.parts.countTokens);
    const priceOf = (usage: TokenUsage) => Math.max(0, ...this.parts.models.choices.map((choice) => this.parts.costOf(choiceName(choice), usage) ?? 0));
    return { tokens: sent.input, cost: priceOf(sent), perToken: priceOf({ ...noUsage, output: perMillion }) / perMillion };
  }

  private *ended({ finish }: StepOutcome): Generator<TurnEvent, boolean> {
    if (finish?.reason === 'length') {
      this.result.state = 'limited';
      yield { type: 'note', level: 'warning', text: 'The answer is not whole: it met the limit of the model.' };
    }
    if (finish?.reason === 'refusal' || finish?.reason === 'filtered') {
      this.result.state = 'failed';
      const message = finish.reason === 'refusal' ? 'The model would not answer this.' : "The provider's filter stopped the answer.";
      this.result.error = { code: 'VALIDATION_ERROR', message, hint: 'Put the question in other words, or choose another model.' };
    }
    return false;
  }

  private *limited(limit: string): Generator<TurnEvent, boolean> {
    this.result.state = 'limited';
    yield { type: 'note', level: 'warning', text: `The answer ends here: ${limit} is met.` };
    return false;
  }

  private *failed(thrown: unknown, { stopped, late }: { stopped: boolean; late: boolean }): Generator<TurnEvent> {
    if (stopped) {
      this.result.state = 'stopped';
      return;
    }
    if (late) {
      yield* this.limited(`the limit of ${this.input.limits.secondsPerAnswer} s`);
      return;
    }
    this.result.state = 'failed';
    this.result.error = askedErrorOf(thrown);
    const begun = this.result.text !== '' && thrown instanceof ModelError;
    if (begun) yield { type: 'note', level: 'warning', text: 'The answer broke off here: what stands above is all that came.' };
  }
}

function sentOf({ instructions, messages, tools }: ChainRequest, name: string): SentRequest {
  const slash = name.indexOf('/');
  return {
    provider: name.slice(0, slash),
    model: name.slice(slash + 1),
    instructions: instructions.map(({ text }) => text),
    messages: messages.map((message) => ({ ...message })),
    tools: tools.map((tool) => tool.name),
  };
}

import type { TurnEvent } from '@quarterdeck/contract';
import type { ChainEvent, ChainRequest, ModelChain } from '../failover/model-chain.ts';
import type { FinishReason, ModelUsage, ToolCall } from '../model/model-port.ts';
import { cleanText } from './clean-text.ts';
import { Disarmer } from './disarm.ts';
import type { TurnPrivacy } from './turn-privacy.ts';

export interface Step {
  models: ModelChain;
  privacy: TurnPrivacy;
  request: ChainRequest;
  /** What stands between the text before and that of this step, where there is any. */
  gap: string;
  /** Epoch milliseconds. */
  now(): number;
}

export interface StepOutcome {
  /** `provider/model`; null where none answered. */
  model: string | null;
  /** As the model wrote it. */
  raw: string;
  /** As it is shown. */
  text: string;
  calls: ToolCall[];
  finish: { reason: FinishReason; usage: ModelUsage } | null;
  retries: number;
  firstTextAt: number | null;
  /** What broke the stream; what came before it is here all the same. */
  error: unknown;
}

/** One request to a model, its text opened and disarmed as it comes. */
export async function* askStep(step: Step, signal: AbortSignal): AsyncGenerator<TurnEvent, StepOutcome> {
  const stream = new StepStream(step);
  try {
    for await (const event of step.models.stream(step.request, signal)) yield* stream.take(event);
    yield* stream.end();
  } catch (thrown) {
    yield* stream.end();
    stream.outcome.calls = [];
    stream.outcome.error = thrown;
  }
  return stream.outcome;
}

class StepStream {
  readonly outcome: StepOutcome = { model: null, raw: '', text: '', calls: [], finish: null, retries: 0, firstTextAt: null, error: null };
  private readonly text: ShownText;
  private readonly reasoning: ShownText;
  private readonly gap: string;
  private readonly now: () => number;

  constructor({ privacy, gap, now }: Step) {
    this.text = new ShownText(privacy);
    this.reasoning = new ShownText(privacy);
    this.gap = gap;
    this.now = now;
  }

  *take(event: ChainEvent): Generator<TurnEvent> {
    switch (event.type) {
      case 'answering':
        this.outcome.model = `${event.provider}/${event.model}`;
        yield event;
        return;
      case 'waiting':
        this.outcome.retries += 1;
        yield event;
        return;
      case 'text':
        this.outcome.raw += event.text;
        yield* this.show(this.text.push(event.text));
        return;
      case 'reasoning':
        yield* this.think(this.reasoning.push(event.text));
        return;
      case 'toolCall':
        this.outcome.calls.push({ id: event.id, name: event.name, input: event.input });
        return;
      case 'finish':
        this.outcome.finish = { reason: event.reason, usage: event.usage };
    }
  }

  *end(): Generator<TurnEvent> {
    yield* this.think(this.reasoning.end());
    yield* this.show(this.text.end());
  }

  private *show(text: string): Generator<TurnEvent> {
    if (text === '') return;
    const shown = this.outcome.text === '' ? this.gap + text : text;
    this.outcome.firstTextAt ??= this.now();
    this.outcome.text += shown;
    yield { type: 'text', text: shown };
  }

  private *think(text: string): Generator<TurnEvent> {
    if (text !== '') yield { type: 'reasoning', text };
  }
}

/** Names in place of aliases, nothing hidden, nothing that goes anywhere when it is shown. */
class ShownText {
  private readonly opener;
  private readonly disarmer = new Disarmer();

  constructor(privacy: TurnPrivacy) {
    this.opener = privacy.opener();
  }

  push(piece: string): string {
    return this.disarmer.push(cleanText(this.opener.push(piece)));
  }

  end(): string {
    return this.disarmer.push(cleanText(this.opener.end())) + this.disarmer.end();
  }
}

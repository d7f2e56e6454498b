import { AppError, type Proposal, type TurnEvent, toAppError } from '@quarterdeck/contract';
import { digestOf, type Look } from '../cache/answer-cache.ts';
import type { ModelMessage, ToolCall } from '../model/model-port.ts';
import type { AssistantTool, SeenObject, ToolOutcome } from '../tools/assistant-tool.ts';
import { cleanText } from './clean-text.ts';
import { dataBlock } from './data-block.ts';
import { disarm } from './disarm.ts';
import { inOrderOfArrival } from './in-order-of-arrival.ts';
import type { ResultShelf } from './result-shelf.ts';
import { isSuspicious } from './suspicious-text.ts';
import type { TurnPrivacy } from './turn-privacy.ts';

/** The same call with the same input is made so often; then it is refused. */
const mostRepeats = 2;
/** In a row; then there are no more calls. */
export const mostFailures = 3;
const readsAtOnce = 4;

export interface ToolRecord {
  name: string;
  input: unknown;
  failed: boolean;
  tookMs: number;
  characters: number;
}

export interface CallParts {
  tools: readonly AssistantTool[];
  privacy: TurnPrivacy;
  shelf: ResultShelf;
  /** See `dataBlock`. */
  mark: string;
  /** Epoch milliseconds. */
  now(): number;
}

/** Runs what a model calls: reads side by side, proposals one after the other. Failures are results that say what went wrong. */
export class ToolCalls {
  readonly records: ToolRecord[] = [];
  /** What was read, to see later whether it still reads the same. */
  readonly looks: Look[] = [];
  readonly seen: SeenObject[] = [];
  readonly proposals: Proposal[] = [];
  failuresInARow = 0;
  private readonly parts: CallParts;
  private readonly made = new Map<string, number>();
  private warned = false;

  constructor(parts: CallParts) {
    this.parts = parts;
  }

  /** Tells what happens and ends with the messages for the model, in the order of the calls. */
  async *run(calls: readonly ToolCall[], allowed: number, signal: AbortSignal): AsyncGenerator<TurnEvent, ModelMessage[]> {
    const results = new Map<string, ModelMessage>();
    const take = function* (this: ToolCalls, { call, message, events }: CallResult) {
      results.set(call.id, message);
      yield* events;
    }.bind(this);
    const made = calls.slice(0, allowed);
    for (const call of calls.slice(allowed)) results.set(call.id, toolMessage(call, 'Not called: the limit of calls for one answer is met.', true));
    const reads = made.filter((call) => this.toolOf(call)?.effect !== 'propose');
    for (const call of made) yield this.started(call);
    for await (const result of inOrderOfArrival(reads, readsAtOnce, (call) => this.call(call, signal))) yield* take(result);
    for (const call of made.filter((each) => !reads.includes(each))) yield* take(await this.call(call, signal));
    return calls.flatMap(({ id }) => results.get(id) ?? []);
  }

  private toolOf({ name }: ToolCall): AssistantTool | undefined {
    return this.parts.tools.find((tool) => tool.name === name);
  }

  private started(call: ToolCall): TurnEvent {
    return { type: 'toolStarted', id: call.id, tool: call.name, title: this.toolOf(call)?.title ?? call.name, input: this.parts.privacy.openValue(call.input) };
  }

  /** With the names back; but what lies on the shelf has aliases, and is looked through by them. */
  private inputOf({ name, input }: ToolCall): unknown {
    return name === this.parts.shelf.tool.name ? input : this.parts.privacy.openValue(input);
  }

  private async call(call: ToolCall, signal: AbortSignal): Promise<CallResult> {
    const { now, privacy } = this.parts;
    const began = now();
    const input = this.inputOf(call);
    const { text, failed, outcome, suspicious } = await this.attempt(call, input, signal);
    const tookMs = now() - began;
    this.failuresInARow = failed ? this.failuresInARow + 1 : 0;
    this.records.push({ name: call.name, input: privacy.sealValue(call.input), failed, tookMs, characters: text.length });
    this.seen.push(...(outcome?.seen ?? []));
    if (outcome !== null) this.looks.push({ tool: call.name, input, digest: digestOf(outcome.value) });
    const ended: TurnEvent = { type: 'toolEnded', id: call.id, tool: call.name, summary: summaryOf(call.name, text, failed, outcome), failed, tookMs };
    return { call, message: toolMessage(call, text, failed), events: [ended, ...this.proposed(call, outcome), ...this.warning(suspicious)] };
  }

  private async attempt(call: ToolCall, input: unknown, signal: AbortSignal): Promise<Attempt> {
    const { privacy, shelf, mark } = this.parts;
    try {
      this.refuseRepeats(call);
      const tool = this.toolOf(call);
      if (tool === undefined)
        throw new AppError('NOT_FOUND', `There is no tool ${call.name}.`, { hint: `Tools: ${this.parts.tools.map(({ name }) => name).join(', ')}.` });
      const outcome = await tool.run(input, signal);
      const result = textOf(privacy.sealValue(outcome.value, outcome.leavesWith));
      return { text: dataBlock(`result of ${call.name}`, shelf.show(result), mark), failed: false, outcome, suspicious: isSuspicious(result) };
    } catch (thrown) {
      const { code, message, hint } = toAppError(thrown);
      const told =
        code === 'INTERNAL_ERROR' ? 'The tool failed in a way that was not foreseen.' : privacy.seal([`${code}: ${message}`, hint ?? ''].join(' ').trim());
      return { text: dataBlock(`error of ${call.name}`, shelf.show(told), mark), failed: true, outcome: null, suspicious: isSuspicious(message) };
    }
  }

  private refuseRepeats(call: ToolCall): void {
    const key = `${call.name} ${JSON.stringify(call.input)}`;
    const count = (this.made.get(key) ?? 0) + 1;
    this.made.set(key, count);
    if (count <= mostRepeats) return;
    throw new AppError('CONFLICT', `${call.name} was called with the same input ${count - 1} times already.`, {
      hint: 'Use what it gave, or ask for something else.',
    });
  }

  private proposed({ id }: ToolCall, outcome: ToolOutcome | null): TurnEvent[] {
    const proposal = outcome?.proposal;
    if (proposal === undefined) return [];
    // The one part of it that a model wrote.
    const shown = { ...proposal, reason: disarm(cleanText(proposal.reason)) };
    this.proposals.push(shown);
    return [{ type: 'proposal', id, proposal: shown }];
  }

  private warning(suspicious: boolean): TurnEvent[] {
    if (this.warned || !suspicious) return [];
    this.warned = true;
    const words = 'Something in the cluster reads like orders to an assistant. It was passed on as data; look twice at what this answer proposes.';
    return [{ type: 'note', level: 'warning', text: words }];
  }
}

interface Attempt {
  /** As the model is given it. */
  text: string;
  failed: boolean;
  outcome: ToolOutcome | null;
  suspicious: boolean;
}

interface CallResult {
  call: ToolCall;
  message: ModelMessage;
  events: TurnEvent[];
}

function toolMessage({ id, name }: ToolCall, text: string, failed: boolean): ModelMessage {
  return { role: 'tool', callId: id, toolName: name, text, failed };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? 'null');
}

function summaryOf(name: string, text: string, failed: boolean, outcome: ToolOutcome | null): string {
  if (failed) return `${name} failed.`;
  const objects = outcome?.seen.length ?? 0;
  const size = text.length < 1_000 ? `${text.length} characters` : `${Math.round(text.length / 1_000)} thousand characters`;
  return objects === 0 ? size : `${objects === 1 ? '1 object' : `${objects} objects`}, ${size}`;
}

import type { LanguageModelV4StreamPart, LanguageModelV4ToolCall, LanguageModelV4Usage } from '@ai-sdk/provider';
import type { FinishReason, ModelEvent, ModelUsage, ToolCall } from '../model/model-port.ts';

type SdkFinish = Extract<LanguageModelV4StreamPart, { type: 'finish' }>;

/** The stream ended, or said something, that makes no answer. */
export class BrokenStep extends Error {
  readonly kind: 'network' | 'malformed';

  constructor(kind: 'network' | 'malformed', message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The provider reports a failure inside a stream that began well. */
export class ReportedFailure extends Error {
  /** As it came. */
  readonly report: unknown;

  constructor(report: unknown) {
    super('The provider reports a failure.');
    this.report = report;
  }
}

/**
 * Makes our events of the SDK's parts. Tool calls are told only when the step is known to be whole: one that was cut, or
 * that comes twice, must not run.
 */
export class StepReader {
  private readonly calls = new Map<string, ToolCall>();
  private model: string;

  constructor(model: string) {
    this.model = model;
  }

  /** Throws BrokenStep for an answer that was cut, ReportedFailure for what the provider says went wrong. */
  take(part: LanguageModelV4StreamPart): ModelEvent[] {
    switch (part.type) {
      case 'text-delta':
        return part.delta === '' ? [] : [{ type: 'text', text: part.delta }];
      case 'reasoning-delta':
        return part.delta === '' ? [] : [{ type: 'reasoning', text: part.delta }];
      case 'tool-call':
        this.addCall(part);
        return [];
      case 'response-metadata':
        this.model = part.modelId ?? this.model;
        return [];
      case 'error':
        throw new ReportedFailure(part.error);
      case 'finish':
        return this.finish(part);
      default:
        return [];
    }
  }

  private addCall({ toolCallId, toolName, input, providerMetadata }: LanguageModelV4ToolCall): void {
    const signature = providerMetadata?.google?.thoughtSignature;
    const call = { name: toolName, input: parsedInput(input), ...(typeof signature === 'string' ? { signature } : {}) };
    const twin = this.calls.get(toolCallId);
    if (twin?.name === toolName && JSON.stringify(twin.input) === JSON.stringify(call.input)) return;
    const id = twin === undefined && toolCallId !== '' ? toolCallId : `${toolCallId}-${this.calls.size + 1}`;
    this.calls.set(id, { id, ...call });
  }

  private finish({ finishReason, usage }: SdkFinish): ModelEvent[] {
    const reason = this.reasonOf(finishReason);
    const calls = reason === 'toolCalls' ? [...this.calls.values()] : [];
    return [...calls.map((call): ModelEvent => ({ type: 'toolCall', ...call })), { type: 'finish', reason, usage: usageOf(usage), model: this.model }];
  }

  private reasonOf({ unified, raw }: SdkFinish['finishReason']): FinishReason {
    switch (unified) {
      case 'stop':
        return this.calls.size > 0 ? 'toolCalls' : 'stop';
      case 'length':
        return 'length';
      case 'tool-calls':
        if (this.calls.size > 0) return 'toolCalls';
        throw new BrokenStep('malformed', 'It ended for a tool call, and made none.');
      case 'content-filter':
        return /filter|safety|block|recitation|prohibited|spii/i.test(raw ?? '') ? 'filtered' : 'refusal';
      default:
        if (raw === undefined || unified === 'interrupted') throw new BrokenStep('network', 'The answer was cut.');
        throw new BrokenStep('malformed', `It ended for an unknown reason, ${raw}.`);
    }
  }
}

/** What a model wrote that is no JSON stays a text: whoever runs the tool refuses it, and the model can mend it. */
function parsedInput(input: string): unknown {
  if (input === '') return {};
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage): ModelUsage {
  return {
    input: inputTokens.total ?? null,
    cacheRead: inputTokens.cacheRead ?? null,
    cacheWrite: inputTokens.cacheWrite ?? null,
    output: outputTokens.total ?? null,
    reasoning: outputTokens.reasoning ?? null,
  };
}

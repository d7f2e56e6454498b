import type * as z from 'zod';

/**
 * A vendor of language models, or a program that runs some, behind one form. What is asked and answered here is plain
 * data: nothing of a vendor's own shapes leaves `providers/`.
 */
export interface ModelProvider {
  /** `anthropic`, `openai`, `ollama` …: what a person writes before the slash of `anthropic/claude-opus-5.5`. */
  readonly id: string;
  readonly name: string;
  /** Whether what is asked leaves this machine. */
  readonly local: boolean;
  /** The models that can be asked now. Throws a `ModelError`. */
  models(signal: AbortSignal): Promise<ModelInfo[]>;
  /**
   * The answer as it comes. The last event is always `finish`; whatever goes wrong before or on the way is thrown as a
   * `ModelError`, never an event, so a stream that ends without `finish` has thrown. One attempt: who retries is `failover/`.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  /** Whether the provider answers with what is configured, in words for people. Never throws. */
  testConnection(signal: AbortSignal): Promise<ConnectionTest>;
  /** Gives back what it holds, a model in memory; only for those that hold something. */
  close?(): Promise<void>;
}

export interface ModelInfo {
  /** As the provider names it. */
  id: string;
  /** Tokens; null where nobody says. */
  contextWindow: number | null;
  /** Tokens; null where nobody says. */
  maxOutput: number | null;
  tools: boolean;
}

export interface ModelRequest {
  model: string;
  /** What stays the same over a conversation, in order; marked parts are cached by providers that can. */
  instructions: readonly InstructionPart[];
  messages: readonly ModelMessage[];
  tools: readonly ModelTool[];
  /** Tokens. */
  maxOutputTokens: number;
  /** Left out: as the model's maker recommends. */
  temperature?: number;
  /** The answer shall be JSON of this form. Not together with tools: small models can't do both. */
  output?: { name: string; schema: z.ZodType };
}

export interface InstructionPart {
  text: string;
  /** Whether everything up to here is the same in many requests. */
  cacheable: boolean;
}

export type ModelMessage =
  | { role: 'user'; text: string }
  | { role: 'assistant'; text: string; toolCalls: readonly ToolCall[] }
  /** The answer to one tool call of the message before. */
  | { role: 'tool'; callId: string; toolName: string; text: string; failed: boolean };

export interface ToolCall {
  id: string;
  name: string;
  /** As the model wrote it, parsed as JSON; whoever runs the tool validates it. */
  input: unknown;
  /** What the provider wants back with the call; of no meaning to anybody else. */
  signature?: string;
}

export interface ModelTool {
  name: string;
  description: string;
  input: z.ZodObject;
}

export type ModelEvent =
  | { type: 'text'; text: string }
  /** What the model tells of its thinking; shown folded, never sent back. */
  | { type: 'reasoning'; text: string }
  | ({ type: 'toolCall' } & ToolCall)
  | { type: 'finish'; reason: FinishReason; usage: ModelUsage; model: string };

/** `refusal`: the model would not; `filtered`: the provider's filter stopped it. */
export type FinishReason = 'stop' | 'length' | 'toolCalls' | 'refusal' | 'filtered';

/** Tokens of one request; null where the provider does not say. */
export interface ModelUsage {
  /** All that was sent, cached parts included. */
  input: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  output: number | null;
  /** Part of `output`. */
  reasoning: number | null;
}

export interface ConnectionTest {
  ok: boolean;
  /** What was found, or what is wrong and what to do next. */
  message: string;
  /** How long until it answered. Milliseconds; null where it did not. */
  latencyMs: number | null;
}

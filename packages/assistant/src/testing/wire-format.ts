import type { ModelErrorKind } from '../model/model-error.ts';
import type { FinishReason, ModelUsage } from '../model/model-port.ts';
import type { ProviderKind } from '../providers/provider-kind.ts';

/** What a model answers, before it is put into a provider's format. */
export interface ScriptedAnswer {
  reasoning?: readonly string[];
  texts: readonly string[];
  calls: readonly { id: string; name: string; input: object }[];
  reason: FinishReason;
  usage: ModelUsage;
}

export interface RecordedResponse {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: string;
}

export interface RecordedFailure extends RecordedResponse {
  kind: ModelErrorKind;
  /** Milliseconds; null where the provider does not say. */
  retryAfterMs?: number | null;
}

/** A provider as it is on the wire: formats as its documentation and recordings have them. */
export interface WireFormat {
  kind: ProviderKind;
  /** As a person writes it, and as it is asked for on the wire. */
  model: string;
  key: string;
  /** The content type of a stream. */
  streams: 'text/event-stream' | 'application/x-ndjson';
  /** Whether a request asks for an answer, by its path. */
  answers: RegExp;
  /** The answer in the pieces in which the provider sends it. */
  frames(answer: ScriptedAnswer): string[];
  /** What it can't tell: that it refused, that a filter stopped it, what was cached. */
  lacks: readonly ('refusal' | 'filtered' | 'cache' | 'cacheWrite' | 'reasoning')[];
  /** An error that comes after the first token. */
  reported: { frame: string; kind: ModelErrorKind };
  /** A frame that nobody can read. */
  garbage: string;
  failures: readonly RecordedFailure[];
  /** The lists of models, by path, and the ids in them that make text. */
  lists: Readonly<Record<string, object>>;
  listed: readonly string[];
  /** Reads the sent request: what the provider would understand of it. */
  sent(body: Record<string, unknown>): { model?: unknown; messages: number; tools: number };
}

export function sse(data: object, event?: string): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}

export function countOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** A text in two pieces, as the arguments of a call come. */
export function halves(text: string): [string, string] {
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

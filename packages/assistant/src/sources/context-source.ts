import type { KnownName, PrivacySwitch } from '../privacy/privacy-settings.ts';
import type { AssistantTool } from '../tools/assistant-tool.ts';

/**
 * What the assistant knows of one infrastructure. Kubernetes is the first; a host application adds its own (servers,
 * web services, domains, databases) in one file. A source is made for one person: what they may not see it leaves out.
 */
export interface ContextSource {
  readonly id: string;
  readonly name: string;
  /** What a model should know before it answers, most important first; not yet redacted or cut. */
  summarise(focus: Focus, signal: AbortSignal): Promise<ContextSection[]>;
  /** What it knows by name: the person may want that the names don't leave. */
  names(signal: AbortSignal): Promise<readonly KnownName[]>;
  /** Values around the focus that are secrets by the place they stand in, so that they are hidden wherever else they turn up. */
  secrets?(focus: Focus, signal: AbortSignal): Promise<readonly string[]>;
  readonly tools: readonly AssistantTool[];
  /** Questions worth asking about this, from what is really there; a few words each. */
  suggestedPrompts(focus: Focus, signal: AbortSignal): Promise<string[]>;
  /** The answer that needs no model; null for a question that needs one. */
  answer(question: string, focus: Focus, signal: AbortSignal): Promise<AsyncIterable<OfflineEvent> | null>;
}

/** What the person looks at while they ask. */
export interface Focus {
  /** The page of the workbench, or null where there is none (a terminal). */
  page: string | null;
  namespace: string | null;
  /** The object that is open or selected. */
  object: { kind: string; namespace: string | null; name: string } | null;
  issueId: string | null;
  /** The question before, for one that leans on it ("and in staging?"); left out where there is none. */
  before?: string | undefined;
}

export type Intent = 'troubleshoot' | 'create' | 'explain' | 'optimise';

export interface ContextSection {
  id: string;
  title: string;
  /** How its text is cut so that what matters stays. */
  form: 'text' | 'yaml' | 'json' | 'log' | 'table';
  text: string;
  /** 0 to 100; what is lowest is cut first. */
  priority: number;
  /** The privacy switches that it leaves with as a whole, where one of them is enough to keep it here. A `log` needs `sendLogs` in any case. */
  leavesWith?: readonly PrivacySwitch[];
  /** What its text quotes of logs: that leaves with `sendLogs` alone. */
  quotes?: readonly string[];
}

/**
 * An answer without a model, as it comes: what was understood, what was asked of the infrastructure, the answer in
 * Markdown, and what a question that follows ("and its logs?") is about.
 */
export type OfflineEvent =
  | { type: 'understood'; text: string }
  | { type: 'call'; tool: string; input: unknown; summary: string; tookMs: number }
  | { type: 'text'; text: string }
  | { type: 'focus'; focus: Focus };

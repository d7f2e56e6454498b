import { AppError } from '@quarterdeck/contract';
import type * as z from 'zod';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import type { ResourcePrices } from '../sizing/size-cost.ts';
import type { Focus, OfflineEvent } from '../sources/context-source.ts';
import type { AssistantTool } from '../tools/assistant-tool.ts';

/** What an answer is made with. */
export interface Asking {
  cluster: AskedCluster;
  tools: readonly AssistantTool[];
  knowledge: Knowledge | null;
  /** What capacity costs here; null where nobody set it. */
  resourcePrices(): Promise<ResourcePrices | null>;
  focus: Focus;
  /** The moment that the cluster is seen at: now, or when it was recorded. Epoch milliseconds. */
  now(): number;
  /** For how long things take. Milliseconds. */
  clock(): number;
  signal: AbortSignal;
}

/** The events of an answer; what it returns is what a follow-up is about. */
export type Answer<T = Pointed> = AsyncGenerator<OfflineEvent, T>;

export interface Pointed {
  object: Focus['object'];
  issueId: string | null;
}

export const nothingPointed: Pointed = { object: null, issueId: null };

export function say(text: string): OfflineEvent {
  return { type: 'text', text: `${text}\n\n` };
}

/** Calls a tool and tells that it did, also where it failed. Throws the tool's AppError, or INTERNAL_ERROR for a result of another form. */
export async function* callTool<S extends z.ZodType>(
  { tools, clock, signal }: Asking,
  name: string,
  input: object,
  { schema, summary }: { schema: S; summary: (value: z.output<S>) => string },
): Answer<z.output<S>> {
  const tool = toolNamed(name, tools);
  const startedAt = clock();
  const called = (text: string): OfflineEvent => ({ type: 'call', tool: name, input, summary: text, tookMs: clock() - startedAt });
  let value: unknown;
  try {
    ({ value } = await tool.run(input, signal));
  } catch (thrown) {
    yield called(thrown instanceof Error ? thrown.message : 'failed');
    throw thrown;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AppError('INTERNAL_ERROR', `${name} answered in another form than expected.`, { cause: parsed.error });
  yield called(summary(parsed.data));
  return parsed.data;
}

/**
 * For what is read from the check itself: it is told to those alone who may call the tool that would read it.
 * Throws FORBIDDEN.
 */
export function requireTool({ tools }: Pick<Asking, 'tools'>, name: string): void {
  toolNamed(name, tools);
}

/** Who may not call a tool has none of that name. */
function toolNamed(name: string, tools: readonly AssistantTool[]): AssistantTool {
  const tool = tools.find((each) => each.name === name);
  if (tool !== undefined) return tool;
  throw new AppError('FORBIDDEN', `What ${name} tells is not for you to see.`, { hint: 'Ask whoever gives out rights in this workbench.' });
}

import { AppError, errorBody, type Permission, toAppError, validationError } from '@quarterdeck/contract';
import * as z from 'zod';
import { type Actor, decide } from '../gate/decide.ts';
import { refusal } from '../gate/refusal.ts';
import { unexpected } from '../routes/error-border.ts';
import { newRequestId } from '../routes/request-id.ts';
import type { Services } from '../routes/services.ts';

export interface ToolContext {
  services: Services;
  actor: Actor;
  signal: AbortSignal;
}

export interface ToolDefinition<Input extends z.ZodObject> {
  name: string;
  title: string;
  /** What it is for, as a model reads it. */
  description: string;
  permission: Permission;
  effect: 'read' | 'write';
  input: Input;
  run(input: z.output<Input>, context: ToolContext): Promise<unknown>;
}

export interface ToolResult {
  /** JSON; where it was too long, cut off and a sentence that says so. */
  text: string;
  failed: boolean;
}

export interface Tool extends Pick<ToolDefinition<z.ZodObject>, 'name' | 'title' | 'description' | 'permission' | 'effect'> {
  input: z.ZodObject;
  /** Never throws: a failure is a result that says what went wrong, with the closed codes. */
  call(raw: unknown, context: ToolContext): Promise<ToolResult>;
}

/** Milliseconds. The first call of all waits for a cluster's lists. */
const timeLimit = 60_000;
/** Characters; some fifteen thousand tokens. */
const longestText = 60_000;

/** Wraps a tool: gate, validation, time limit, length limit, errors as content. */
export function defineTool<Input extends z.ZodObject>(definition: ToolDefinition<Input>): Tool {
  const { name, title, description, permission, effect, input } = definition;
  async function run(raw: unknown, context: ToolContext): Promise<unknown> {
    const refused = refusal(decide(context.actor, { permission, effect, cluster: context.services.clusters.find(namedCluster(raw)) }));
    if (refused !== null) throw refused;
    const parsed = z.safeParse(input, raw ?? {});
    if (!parsed.success) throw validationError(parsed.error);
    return withinTime(context.signal, (signal) => definition.run(parsed.data, { ...context, signal }));
  }
  return {
    name,
    title,
    description,
    permission,
    effect,
    input,
    async call(raw, context) {
      try {
        return { text: shorten(JSON.stringify(await run(raw, context), null, 1)), failed: false };
      } catch (thrown) {
        return { text: failureText(toAppError(thrown), name, context.services), failed: true };
      }
    },
  };
}

function namedCluster(raw: unknown): string | undefined {
  return z.object({ cluster: z.string() }).safeParse(raw).data?.cluster;
}

async function withinTime<T>(signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = AbortSignal.timeout(timeLimit);
  try {
    return await run(AbortSignal.any([signal, limit]));
  } catch (thrown) {
    if (!limit.aborted) throw thrown;
    throw new AppError('TIMEOUT', `There was no answer within ${timeLimit / 1000} s.`, {
      hint: 'Ask for less (a namespace, a filter), or try again.',
      cause: thrown,
    });
  }
}

function failureText(error: AppError, tool: string, { log }: Services): string {
  const requestId = newRequestId();
  if (error.code === 'INTERNAL_ERROR') log.error({ err: error, requestId, tool }, 'A tool failed unexpectedly.');
  return JSON.stringify(errorBody(error.code === 'INTERNAL_ERROR' ? unexpected(requestId) : error, requestId));
}

function shorten(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText)}\n… cut off after ${longestText} of ${text.length} characters. Ask for less: a namespace, a filter or a smaller limit.`;
}

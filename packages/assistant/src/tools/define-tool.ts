import { AppError, type Permission, toAppError, validationError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AssistantTool, ToolOutcome } from './assistant-tool.ts';

export interface ToolDefinition<Input extends z.ZodObject> {
  name: string;
  title: string;
  description: string;
  permission: Permission;
  effect: 'read' | 'propose';
  input: Input;
  /** Milliseconds; left out, 30 s. */
  timeLimit?: number;
  run(input: z.output<Input>, signal: AbortSignal): Promise<ToolOutcome>;
}

/** Milliseconds. */
const usualTimeLimit = 30_000;

/**
 * Wraps a tool: what it is called with is validated, it ends in time, and of an error that nobody foresaw only that it
 * happened is told (its words may hold anything; they stay in `cause`). Throws AppErrors alone.
 */
export function defineAssistantTool<Input extends z.ZodObject>(definition: ToolDefinition<Input>): AssistantTool {
  const { name, title, description, permission, effect, input, timeLimit = usualTimeLimit } = definition;
  return {
    name,
    title,
    description,
    permission,
    effect,
    input,
    async run(raw, signal) {
      const parsed = z.safeParse(input, raw ?? {});
      if (!parsed.success) throw validationError(parsed.error);
      return withinTime(timeLimit, signal, (limited) => definition.run(parsed.data, limited)).catch((thrown) => {
        throw foreseen(name, toAppError(thrown));
      });
    },
  };
}

async function withinTime<T>(timeLimit: number, signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = AbortSignal.timeout(timeLimit);
  const both = AbortSignal.any([signal, limit]);
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(both.reason);
  both.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([run(both), stopped.promise]);
  } catch (thrown) {
    if (signal.aborted) throw new AppError('CANCELLED', 'The call was cancelled.', { cause: thrown });
    if (!limit.aborted) throw thrown;
    const hint = 'Ask for less (a namespace, a filter), or try again.';
    throw new AppError('TIMEOUT', `There was no answer within ${timeLimit / 1000} s.`, { hint, cause: thrown });
  } finally {
    both.removeEventListener('abort', stop);
  }
}

function foreseen(name: string, error: AppError): AppError {
  if (error.code !== 'INTERNAL_ERROR') return error;
  return new AppError('INTERNAL_ERROR', `${name} failed in a way that was not foreseen.`, {
    hint: 'Try another tool; the log of the workbench has the cause.',
    cause: error,
  });
}

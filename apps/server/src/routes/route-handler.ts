import { AppError, type RouteDescriptor, type RouteId } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Actor } from '../gate/decide.ts';
import { validationError } from '../validation/validation-error.ts';

export interface RouteCallContext {
  actor: Actor;
  requestId: string;
  /** Aborted when the caller goes away. */
  signal: AbortSignal;
}

/** A route with what answers it; input and output are validated on the way. */
export interface RouteHandler {
  route: RouteDescriptor;
  call(raw: Record<string, unknown>, context: RouteCallContext): Promise<unknown>;
}

/** One handler for every route of the contract; a missing one does not compile. */
export type RouteHandlers = Record<RouteId, RouteHandler>;

/** Binds a route of the contract to a function typed by it. */
export function handle<Input extends z.ZodObject, Output extends z.ZodType>(
  route: RouteDescriptor<Input, Output>,
  run: (input: z.output<Input>, context: RouteCallContext) => z.output<Output> | Promise<z.output<Output>>,
): RouteHandler {
  return {
    route,
    async call(raw, context) {
      const input = z.safeParse(route.input, raw);
      if (!input.success) throw validationError(input.error);
      const output = z.safeParse(route.output, await run(input.data, context));
      if (output.success) return output.data;
      throw new AppError('INTERNAL_ERROR', `The answer of ${route.id} does not have the agreed form.`, { cause: output.error });
    },
  };
}

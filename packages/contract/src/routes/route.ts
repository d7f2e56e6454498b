import type * as z from 'zod';
import type { Permission } from '../access/permissions.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One HTTP route as all sides know it. `input` is the union of path parameters, query and JSON body, validated at
 * once. `permission` is required; `public` is only for what a load balancer asks before anybody logged in.
 */
export interface RouteDescriptor<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  id: string;
  method: HttpMethod;
  /** With `:name` for path parameters, e.g. `/api/issues/:id`. */
  path: `/${string}`;
  permission: Permission | 'public';
  /** Whether the route changes anything; a read-only cluster refuses it. */
  effect: 'read' | 'write';
  summary: string;
  input: Input;
  output: Output;
}

export function defineRoute<Input extends z.ZodObject, Output extends z.ZodType>(route: RouteDescriptor<Input, Output>): RouteDescriptor<Input, Output> {
  return route;
}

export type RouteInput<R extends RouteDescriptor> = z.output<R['input']>;
/** What a caller sends: fields with a default may be left out. */
export type RouteCall<R extends RouteDescriptor> = z.input<R['input']>;
export type RouteOutput<R extends RouteDescriptor> = z.output<R['output']>;

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
  /** Where the answer is no JSON but a body that is sent as it comes: its media type. `output` then has nothing to check. */
  streams?: 'application/octet-stream' | 'application/x-ndjson' | 'text/plain';
  /** Where the answer sends the browser elsewhere, and there is no body. `output` then has nothing to check. */
  redirects?: true;
  /** Where the body of the call is no JSON but a file: it is read as it comes, and `input` is the path and the query alone. */
  upload?: true;
}

export function defineRoute<Input extends z.ZodObject, Output extends z.ZodType>(route: RouteDescriptor<Input, Output>): RouteDescriptor<Input, Output> {
  return route;
}

export type RouteInput<R extends RouteDescriptor> = z.output<R['input']>;
/** What a caller sends: fields with a default may be left out. */
export type RouteCall<R extends RouteDescriptor> = z.input<R['input']>;
export type RouteOutput<R extends RouteDescriptor> = z.output<R['output']>;

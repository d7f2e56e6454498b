import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import * as z from 'zod';
import type { CommandLog } from './command-log.ts';

/** What undici says of a request: ours to clusters, and those of `fetch`. */
const requestSchema = z.object({
  request: z.object({ method: z.string(), path: z.string(), origin: z.unknown().optional() }),
  response: z.object({ statusCode: z.number() }).optional(),
  error: z.unknown().optional(),
});

/** Writes each request down when it is answered or fails; never its query, headers or body. @returns what ends it */
export function logRequests(log: CommandLog, now: () => number): () => void {
  const started = new WeakMap<WeakKey, number>();
  const begin = (message: unknown) => {
    const told = requestOf(message);
    if (told !== null) started.set(told.key, now());
  };
  const end = (message: unknown) => {
    const told = requestOf(message);
    if (told === null) return;
    const { method, path, origin, status, failure } = told;
    const ms = now() - (started.get(told.key) ?? now());
    log.write('debug', `${method} ${origin}${path.split('?')[0]}`, failure === null ? { status, ms } : { failure, ms });
  };
  const listeners = { 'undici:request:create': begin, 'undici:request:headers': end, 'undici:request:error': end };
  for (const [name, listener] of Object.entries(listeners)) subscribe(name, listener);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) unsubscribe(name, listener);
  };
}

function requestOf(message: unknown) {
  const key = typeof message === 'object' && message !== null && 'request' in message ? message.request : null;
  const parsed = requestSchema.safeParse(message).data;
  if (parsed === undefined || typeof key !== 'object' || key === null) return null;
  const { request, response, error } = parsed;
  return {
    key,
    method: request.method,
    path: request.path,
    origin: String(request.origin ?? ''),
    status: response?.statusCode ?? null,
    failure: error instanceof Error ? error.name : null,
  };
}

import { AppError, errorBodySchema, type RouteDescriptor } from '@quarterdeck/contract';
import * as z from 'zod';

/** A workbench of a team, somewhere. */
export interface Workbench {
  /** `https://workbench.example`. */
  url: string;
  /** Null for who logs in. */
  token: string | null;
}

export interface CallOptions {
  fetch: typeof fetch;
  signal: AbortSignal;
}

/** Calls a route of a workbench. Throws what it answers with, CLUSTER_UNREACHABLE where there is no answer, and CANCELLED. */
export async function callWorkbench<Input extends z.ZodObject, Output extends z.ZodType>(
  { url, token }: Workbench,
  route: RouteDescriptor<Input, Output>,
  input: z.input<Input>,
  { fetch, signal }: CallOptions,
): Promise<z.output<Output>> {
  const { path, rest } = pathOf(route, z.record(z.string(), z.unknown()).parse(input));
  const asQuery = route.method === 'GET' || route.method === 'DELETE';
  const query = asQuery ? `?${new URLSearchParams(Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]))}` : '';
  const headers = { accept: 'application/json', 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  const body = asQuery ? {} : { body: JSON.stringify(rest) };
  const response = await fetch(`${url}${path}${query === '?' ? '' : query}`, { method: route.method, headers, ...body, redirect: 'error', signal }).catch(
    (cause: unknown) => {
      if (signal.aborted) throw new AppError('CANCELLED', 'Interrupted.', { cause });
      throw new AppError('CLUSTER_UNREACHABLE', `The workbench at ${url} can't be reached.`, {
        hint: 'Check the address; NODE_EXTRA_CA_CERTS names an authority of your own.',
        cause,
      });
    },
  );
  return answerOf(route, url, response);
}

async function answerOf<Output extends z.ZodType>({ output }: { output: Output }, url: string, response: Response): Promise<z.output<Output>> {
  const answer: unknown = await response.json().catch(() => null);
  const refusal = response.ok ? null : errorBodySchema.safeParse(answer);
  if (refusal?.success) {
    const { code, error, details, hint } = refusal.data;
    throw new AppError(code, error, { details, ...(hint === undefined ? {} : { hint }) });
  }
  const parsed = z.safeParse(output, answer);
  if (response.ok && parsed.success) return parsed.data;
  throw new AppError('UNSUPPORTED', `What answers at ${url} is no workbench of this version.`, { hint: 'Check the address and `qd version`.' });
}

/** The path with its parameters, and what of the input is not in it. */
function pathOf(route: RouteDescriptor, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return encodeURIComponent(value);
  });
  return { path, rest };
}

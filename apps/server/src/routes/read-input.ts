import { AppError, type RouteDescriptor } from '@quarterdeck/contract';
import type { Context } from 'hono';
import * as z from 'zod';
import { deepestJson, jsonDepth } from '../limits/json-depth.ts';
import { readText } from './read-text.ts';

/** Query, JSON body and path parameters as one; where a name occurs twice, the later of these wins. */
export async function readInput(c: Context, { upload }: RouteDescriptor): Promise<Record<string, unknown>> {
  return { ...c.req.query(), ...(upload === undefined ? await readBody(c) : {}), ...c.req.param() };
}

async function readBody(c: Context): Promise<Record<string, unknown>> {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return {};
  const text = await readText(c.req.raw);
  if (text === '') return {};
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new AppError('VALIDATION_ERROR', 'The body is not JSON.', { hint: 'Send it with `Content-Type: application/json`.' });
  }
  if (jsonDepth(text) > deepestJson)
    throw new AppError('VALIDATION_ERROR', `The body is nested deeper than ${deepestJson} levels.`, { hint: 'Send a flatter one.' });
  const body = z.record(z.string(), z.unknown()).safeParse(parseJson(text));
  if (body.success) return body.data;
  throw new AppError('VALIDATION_ERROR', 'The body is not a JSON object.', { hint: 'Send one object with the fields of the route.' });
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { AppError, type ChangeRequest, type KubeObject } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Transport } from '../transport/transport.ts';

const objectSchema = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
const warnLimit = 100;

export interface Sent {
  /** As the server sent it, a Secret with its values; null for what is no object (a Status). */
  object: KubeObject | null;
  warnings: string[];
}

/** Sends the request of a change. Errors are the server's own words; see `statusError`. */
export async function sendChange(api: Transport, request: ChangeRequest, signal: AbortSignal): Promise<Sent> {
  const { method, path, query, contentType, body, subject } = request;
  const warnings: string[] = [];
  const answer = await api.json({
    method,
    path,
    query,
    body: { contentType, text: JSON.stringify(body) },
    subject: { verb: subject.verb, resource: subject.resource, namespace: subject.namespace, ...(subject.name === '' ? {} : { name: subject.name }) },
    onWarning: (text) => {
      if (warnings.length < warnLimit && !warnings.includes(text)) warnings.push(text);
    },
    signal,
  });
  return { object: rawObject(answer), warnings };
}

/** An object as the server keeps it, nothing taken away; null where there is none. Whoever calls keeps the values of Secrets to themselves. */
export async function readRaw(
  api: Transport,
  path: string,
  subject: Pick<ChangeRequest['subject'], 'resource' | 'namespace' | 'name'>,
  signal: AbortSignal,
): Promise<KubeObject | null> {
  const { resource, namespace, name } = subject;
  try {
    return rawObject(await api.json({ path, subject: { verb: 'get', resource, namespace, name }, signal }));
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'NOT_FOUND') return null;
    throw thrown;
  }
}

function rawObject(answer: unknown): KubeObject | null {
  const parsed = objectSchema.safeParse(answer);
  return parsed.success && isObject(answer) && parsed.data.kind !== 'Status' ? answer : null;
}

function isObject(answer: unknown): answer is KubeObject {
  return objectSchema.safeParse(answer).success;
}

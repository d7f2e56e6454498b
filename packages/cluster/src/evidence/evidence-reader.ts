import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { readLog } from '../access/read-log.ts';
import { secretPath } from '../access/resource-path.ts';
import { saysLogIsMissing } from '../logs/missing-log.ts';
import type { Transport } from '../transport/transport.ts';
import { certificateFacts } from './certificate-facts.ts';
import type { EvidenceAnswer, EvidenceReader, EvidenceRequest } from './evidence.ts';
import { parseLogLine } from './log-line.ts';
import { secretShape } from './secret-shape.ts';

const secretSchema = z.object({ type: z.string().default('Opaque'), data: z.record(z.string(), z.string()).nullish() });

/**
 * Answers from a live cluster. It is the only place that reads the values of Secrets, and what leaves it are shapes
 * and the public facts of certificates.
 */
export function createEvidenceReader(transport: Transport): EvidenceReader {
  return {
    async read(request, signal) {
      try {
        return await answer(transport, request, signal);
      } catch (thrown) {
        return withoutValue(thrown, request);
      }
    },
  };
}

function answer(transport: Transport, request: EvidenceRequest, signal: AbortSignal): Promise<EvidenceAnswer> {
  switch (request.need) {
    case 'log':
      return answerLog(transport, request, signal);
    case 'secretShape':
      return answerSecretShape(transport, request, signal);
    case 'certificate':
      return answerCertificate(transport, request, signal);
  }
}

type Request<N extends EvidenceRequest['need']> = Extract<EvidenceRequest, { need: N }>;

async function answerLog(transport: Transport, request: Request<'log'>, signal: AbortSignal): Promise<EvidenceAnswer> {
  const lines = await readLog(transport, { ...request, signal });
  const [first = ''] = lines;
  if (lines.length === 1 && saysLogIsMissing(parseLogLine(first).text)) return { state: 'refused', reason: 'the node has no log of it now' };
  return { state: 'answered', need: 'log', value: lines.map(parseLogLine) };
}

async function answerSecretShape(transport: Transport, request: Request<'secretShape'>, signal: AbortSignal): Promise<EvidenceAnswer> {
  const { type, data } = await readSecret(transport, request, signal);
  return { state: 'answered', need: 'secretShape', value: secretShape(type, data ?? {}) };
}

async function answerCertificate(transport: Transport, request: Request<'certificate'>, signal: AbortSignal): Promise<EvidenceAnswer> {
  const { key } = request;
  const { data } = await readSecret(transport, request, signal);
  const value = data?.[key];
  if (value === undefined) return { state: 'absent', reason: `The Secret ${request.namespace}/${request.name} has no key ${key}.` };
  const privateKey = key === 'tls.crt' ? data?.['tls.key'] : undefined;
  const facts = certificateFacts(decode(value), privateKey === undefined ? null : decode(privateKey));
  if (facts === null) return { state: 'absent', reason: `The key ${key} of the Secret ${request.namespace}/${request.name} is not a PEM certificate.` };
  return { state: 'answered', need: 'certificate', value: facts };
}

async function readSecret(transport: Transport, { namespace, name }: { namespace: string; name: string }, signal: AbortSignal) {
  const raw = await transport.json({ path: secretPath(namespace, name), subject: { verb: 'get', resource: 'secrets', namespace, name }, signal });
  return secretSchema.parse(raw);
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function withoutValue(thrown: unknown, request: EvidenceRequest): EvidenceAnswer {
  if (!(thrown instanceof AppError)) return { state: 'refused', reason: 'The cluster sent something else than what was asked for.' };
  if (thrown.code === 'CANCELLED') throw thrown;
  return { state: isAbsence(thrown, request) ? 'absent' : 'refused', reason: reasonOf(thrown, request) };
}

/** How the kubelet says, with status 400, that a container has not run, or not before. */
const neverRan = /previous terminated container .* not found|is waiting to start|is not available/;

function isAbsence({ code, message }: AppError, request: EvidenceRequest): boolean {
  return code === 'NOT_FOUND' || (request.need === 'log' && code === 'VALIDATION_ERROR' && neverRan.test(message));
}

function reasonOf(error: AppError, request: EvidenceRequest): string {
  if (request.need !== 'log' || !isAbsence(error, request)) return error.message;
  const { namespace, pod, container, previous } = request;
  if (previous) return `The container ${container} of ${namespace}/${pod} has no log of a previous run.`;
  return error.code === 'NOT_FOUND' ? `The pod ${namespace}/${pod} is no longer there.` : `The container ${container} of ${namespace}/${pod} has not run yet.`;
}

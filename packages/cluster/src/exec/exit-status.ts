import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { ExecStatus } from './exec-session.ts';

const statusSchema = z.object({
  status: z.string().optional(),
  message: z.string().optional(),
  reason: z.string().optional(),
  details: z.object({ causes: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })).optional() }).optional(),
});

/** What a program runs in, for messages. */
export interface RunPlace {
  namespace: string;
  pod: string;
  container: string;
  command: readonly string[];
}

/**
 * The last word of the server about a program (channel 3): how it ended. Throws for a program that did not start, with
 * the way out. Source of the form: k8s.io/apimachinery remotecommand `NonZeroExitCodeReason`, `ExitCodeCauseType`.
 */
export function exitStatus(payload: Uint8Array, place: RunPlace): ExecStatus {
  const text = Buffer.from(payload).toString('utf8');
  const parsed = statusSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new AppError('CLUSTER_ERROR', `The cluster does not say how the program ended: ${text.slice(0, 200)}`);
  const { status, message = '', reason, details } = parsed.data;
  if (status === 'Success') return { exitCode: 0, reason: null };
  const code = Number.parseInt(details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message ?? '', 10);
  if (reason === 'NonZeroExitCode' && Number.isInteger(code)) return { exitCode: code, reason: message };
  throw startError(message, place);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Runtimes say in a sentence of their own why a program did not start. */
function startError(message: string, { namespace, pod, container, command }: RunPlace): AppError {
  const program = command[0] ?? '';
  const where = `The container ${container} of the pod ${namespace}/${pod}`;
  const details = { namespace, pod, container, program, said: message };
  const debug = 'Start a debug container beside it, which brings programs of its own.';
  if (/executable file not found|no such file or directory/.test(message))
    return new AppError('NOT_FOUND', `${where} has no program ${program}.`, { hint: `Name another one. ${debug}`, details });
  if (/permission denied/.test(message))
    return new AppError('VALIDATION_ERROR', `${where} may not run ${program}: permission denied.`, { hint: debug, details });
  if (/container not found|container is not created or running|is in CONTAINER_EXITED state/i.test(message))
    return new AppError('CONFLICT', `${where} does not run.`, { hint: 'Wait until it runs; its log says why it ended.', details });
  return new AppError(
    'CLUSTER_ERROR',
    `The cluster could not run ${program === '' ? 'it' : program}: ${message.replace(/^(Internal error occurred: )+/, '')}.`,
    {
      details,
    },
  );
}

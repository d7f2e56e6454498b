import { type AppError, toAppError } from '@quarterdeck/contract';
import type { PodFacts } from './pod-facts.ts';
import type { ShellState } from './shell-connection.ts';

/** What lies behind the end of a shell, as far as it changes what to do next. */
export type ShellFate = 'gone' | 'ending' | 'noProgram' | 'notRunning' | 'killed' | 'plain';

/** Ended by SIGKILL: nobody types that into a shell. */
const killed = 137;

/** `podError` is why the pod could not be read after the end. */
export function fateOf(state: Extract<ShellState, { phase: 'ended' | 'failed' }>, podError: Error | null, pod: PodFacts | null): ShellFate {
  const error = state.phase === 'failed' ? state.error : null;
  if (isNoProgram(error)) return 'noProgram';
  if (podError !== null && toAppError(podError).code === 'NOT_FOUND') return 'gone';
  if (pod?.ending === true) return 'ending';
  if (error?.code === 'CONFLICT') return 'notRunning';
  return state.phase === 'ended' && state.exitCode === killed ? 'killed' : 'plain';
}

/** There is a container, and not the program in it: `127` is what a shell says of one that it does not find. */
function isNoProgram(error: AppError | null): boolean {
  return error?.code === 'NOT_FOUND' && typeof error.details.program === 'string' && error.details.program !== '';
}

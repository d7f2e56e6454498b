import type { AppError } from '@quarterdeck/contract/errors';
import { printable } from './printable.ts';

/** An error as a person reads it: what and why, then what to do. QD_DEBUG adds the stack of what was not foreseen. */
export function errorText(error: AppError, environment: Readonly<Record<string, string | undefined>>): string {
  const lines = [`qd: ${printable(error.message)}`];
  if (error.hint !== undefined) lines.push(`    ${printable(error.hint)}`);
  if (error.code === 'INTERNAL_ERROR') lines.push(environment.QD_DEBUG ? String(stackOf(error)) : '    QD_DEBUG=1 shows where it happened.');
  return `${lines.join('\n')}\n`;
}

function stackOf(error: AppError): string | undefined {
  return error.cause instanceof Error ? error.cause.stack : error.stack;
}

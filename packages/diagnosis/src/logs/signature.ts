import type { LogClaim } from './log-fact.ts';

/** The lines around the one that is read, cleaned of colour codes. */
export interface LogContext {
  lines: readonly string[];
  index: number;
}

/** One row of the table: what a line looks like, and what it then says. `read` returns null when the line only looks like it. */
export interface Signature {
  id: string;
  pattern: RegExp;
  read(match: RegExpExecArray, context: LogContext): LogClaim | null;
}

/** A named group that may not have taken part in the match. */
export function group(match: RegExpExecArray, name: string): string | null {
  return match.groups?.[name] ?? null;
}

export function numberGroup(match: RegExpExecArray, name: string): number | null {
  const text = group(match, name);
  return text === null ? null : Number(text);
}

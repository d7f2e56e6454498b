import { randomUUID } from 'node:crypto';

/** Ties what a caller is told to what the log says. */
export function newRequestId(): string {
  return randomUUID();
}

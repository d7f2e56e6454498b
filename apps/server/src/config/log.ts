import { type Logger, pino } from 'pino';

/** Everything for people who look after the workbench; on standard error, since standard output carries the address or MCP. */
export function createLog(level: string | undefined): Logger {
  const known = level !== undefined && Object.hasOwn(pino.levels.values, level);
  return pino({ level: known ? level : 'info', base: null }, pino.destination({ dest: 2, sync: true }));
}

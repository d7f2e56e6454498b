import { type LogEntry, logSeverity } from '@quarterdeck/contract';

/** The entries with how bad each says it is. */
export function withSeverity(entries: readonly LogEntry[]): LogEntry[] {
  return entries.map((entry) => {
    const severity = entry.marker === undefined ? logSeverity(entry.text) : null;
    return severity === null ? entry : { ...entry, severity };
  });
}

import type { LogLine } from './evidence.ts';

const timestamp = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})) ?/;

/** Takes the RFC 3339 timestamp that `timestamps=true` puts in front off a line. */
export function parseLogLine(line: string): LogLine {
  const match = timestamp.exec(line);
  return match?.[1] === undefined ? { at: null, text: line } : { at: match[1], text: line.slice(match[0].length) };
}

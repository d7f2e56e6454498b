const timestamp = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})(?: |$)/;

const dot = 0x2e;
const letterT = 0x54;
const letterZ = 0x5a;
const space = 0x20;

/** Characters of `2026-01-01T00:00:00.000000000Z`. */
export const timeLength = 30;

/** Whether the usual form of a time stands at `start` of `text`, with a space behind. */
export function hasUsualTime(text: string, start: number): boolean {
  return (
    text.charCodeAt(start + timeLength) === space &&
    text.charCodeAt(start + timeLength - 1) === letterZ &&
    text.charCodeAt(start + 19) === dot &&
    text.charCodeAt(start + 10) === letterT
  );
}

/**
 * Takes the time off a line in any form of RFC 3339: nodes write their own time zone, and older runtimes fewer digits.
 * What it gives is UTC with nine digits; empty where there is none.
 */
export function takeTime(line: string): { time: string; text: string } {
  const match = timestamp.exec(line);
  if (match === null) return { time: '', text: line };
  const [whole, seconds = '', fraction = '', zone = 'Z'] = match;
  const date = new Date(`${seconds}${zone}`);
  if (Number.isNaN(date.getTime())) return { time: '', text: line };
  return { time: `${date.toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}Z`, text: line.slice(whole.length) };
}

/** Epoch milliseconds of a time as `takeTime` gives it; NaN for an empty one. */
export function epochOf(time: string): number {
  return Date.parse(`${time.slice(0, 23)}Z`);
}

/** The second it is in, as the server takes it: it knows no smaller unit here. */
export function secondOf(time: string): string {
  return `${time.slice(0, 19)}Z`;
}

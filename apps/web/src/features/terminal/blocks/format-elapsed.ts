import { formatDuration } from '../../../text/age.ts';

/** How long a command took: `340 ms`, `2.4 s`, `3m20s`. */
export function formatElapsed(milliseconds: number, language: string): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toLocaleString(language, { maximumFractionDigits: 1 })} s`;
  return formatDuration(milliseconds);
}

import { parseDuration } from '@quarterdeck/contract';

/** Seconds of a duration as kubectl takes it: `90s`, `1h30m`; days as well. Null for what is none. */
export function parseGoDuration(text: string): number | null {
  const milliseconds = parseDuration(text);
  return milliseconds === null ? null : milliseconds / 1000;
}

import * as z from 'zod';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const quietHoursSchema = z.object({ on: z.boolean().catch(false), from: clock.catch('22:00'), until: clock.catch('07:00') });
/** When nothing pops up in this browser, in its own time: `22:00` to `07:00`. */
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** What cannot be read is none: whatever wrote it, the page must open. */
export function parseQuietHours(text: string | null): QuietHours {
  try {
    return quietHoursSchema.parse(JSON.parse(text ?? '{}'));
  } catch {
    return quietHoursSchema.parse({});
  }
}

/** Whether a time of day lies within the quiet hours, which may go over midnight. `time` is `HH:MM`. */
export function isQuiet({ on, from, until }: QuietHours, time: string): boolean {
  if (!on || from === until) return false;
  return from < until ? time >= from && time < until : time >= from || time < until;
}

/** `07:05` of a moment in the browser's own zone. */
export function timeOfDay(at: Date): string {
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

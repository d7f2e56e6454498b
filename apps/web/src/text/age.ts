const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** A duration in milliseconds as kubectl prints ages: `45s`, `3m20s`, `14m`, `5h12m`, `31h`, `4d6h`, `90d`, `2y31d`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 2 * minute) return `${Math.floor(ms / second)}s`;
  if (ms < 10 * minute) return pair(ms, minute, 'm', second, 's');
  if (ms < 3 * hour) return `${Math.floor(ms / minute)}m`;
  if (ms < 8 * hour) return pair(ms, hour, 'h', minute, 'm');
  if (ms < 2 * day) return `${Math.floor(ms / hour)}h`;
  if (ms < 8 * day) return pair(ms, day, 'd', hour, 'h');
  if (ms < 2 * year) return `${Math.floor(ms / day)}d`;
  return pair(ms, year, 'y', day, 'd');
}

function pair(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % big) / small);
  return `${Math.floor(ms / big)}${bigUnit}${rest === 0 ? '' : `${rest}${smallUnit}`}`;
}

/** The age of an ISO 8601 time; the text itself where it is no time. */
export function formatAge(iso: string, now: number): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : formatDuration(now - at);
}

/** How a person wants times: `timeZone` as Intl takes it, undefined for their own. */
export interface TimeStyle {
  locale: string;
  timeZone: string | undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** One a style and form: making a format takes far longer than using it, and a table has a time in every row. */
function formatOf({ locale, timeZone }: TimeStyle, form: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, timeZone, form]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...form, timeZone });
  formats.set(key, format);
  return format;
}

/** `14:02:11`; with the date where it is not today. */
export function formatClock(iso: string, now: number, style: TimeStyle): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const dayOf = (date: Date) => formatOf(style, { day: 'numeric', month: 'short' }).format(date);
  const time = formatOf(style, { hour12: false, timeStyle: 'medium' }).format(at);
  const today = new Date(now);
  return dayOf(at) === dayOf(today) && Math.abs(at.getTime() - now) < day ? time : `${dayOf(at)} ${time}`;
}

/** `1 Oct 2026, 08:12`. */
export function formatMoment(iso: string, style: TimeStyle): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : formatOf(style, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** For hover: the exact time with its zone, and in UTC. */
export function formatExact(iso: string, style: TimeStyle): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return `${formatOf(style, { dateStyle: 'medium', timeStyle: 'long' }).format(at)} (${at.toISOString().replace(/\.\d+Z$/, 'Z')})`;
}

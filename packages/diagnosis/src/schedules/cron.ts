/** What each field of a cron schedule admits. A day fits when month fits and, where both day fields are set, either does. */
export interface CronSchedule {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  days: ReadonlySet<number>;
  months: ReadonlySet<number>;
  weekdays: ReadonlySet<number>;
  /** Whether the two day fields were left open (`*` or `?`). */
  anyDay: boolean;
  anyWeekday: boolean;
}

const macros: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The schedule of a CronJob as its controller reads it (robfig/cron): five fields or a macro. Null for `@every` and what cannot be read. */
export function parseCron(text: string): CronSchedule | null {
  const [minute, hour, day, month, weekday, ...rest] = (macros[text.trim()] ?? text).trim().split(/\s+/);
  if (minute === undefined || hour === undefined || day === undefined || month === undefined || weekday === undefined || rest.length > 0) return null;
  const fields = {
    minutes: fieldOf(minute, 0, 59, []),
    hours: fieldOf(hour, 0, 23, []),
    days: fieldOf(day, 1, 31, []),
    months: fieldOf(month, 1, 12, monthNames),
    weekdays: fieldOf(weekday, 0, 7, weekdayNames),
  };
  const { minutes, hours, days, months, weekdays } = fields;
  if (minutes === null || hours === null || days === null || months === null || weekdays === null) return null;
  const sundayToo = weekdays.has(7) ? new Set([...weekdays, 0]) : weekdays;
  return { minutes, hours, days, months, weekdays: sundayToo, anyDay: isOpen(day), anyWeekday: isOpen(weekday) };
}

function isOpen(field: string): boolean {
  return field.startsWith('*') || field === '?';
}

function fieldOf(text: string, least: number, most: number, names: readonly string[]): Set<number> | null {
  const values = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from, to] = boundsOf(range, part.includes('/'), least, most, names);
    const every = Number(step);
    if (!(from >= least && to <= most && from <= to && Number.isInteger(every) && every >= 1)) return null;
    for (let value = from; value <= to; value += every) values.add(value);
  }
  return values;
}

function boundsOf(range: string, stepped: boolean, least: number, most: number, names: readonly string[]): [number, number] {
  if (range === '*' || range === '?') return [least, most === 7 ? 6 : most];
  const [first = '', last] = range.split('-');
  const from = numberOf(first, least, names);
  if (last !== undefined) return [from, numberOf(last, least, names)];
  return [from, stepped ? most : from];
}

/** `jan` is 1 and `sun` is 0; NaN for what is neither a name nor a number. */
function numberOf(text: string, least: number, names: readonly string[]): number {
  const named = names.indexOf(text);
  if (named >= 0) return named + least;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

const dayMs = 86_400_000;

/** Whether any day within eight years (with every kind of leap year) fits. `from` is epoch milliseconds. */
export function everComes(schedule: CronSchedule, from: number): boolean {
  const today = Math.floor(from / dayMs);
  for (let day = today; day < today + 8 * 366; day += 1) if (fitsDay(schedule, new Date(day * dayMs))) return true;
  return false;
}

/** The first moment after `after` at which a run is due, both as wall-clock time read as UTC; null where none is within 400 days. */
export function nextDue(schedule: CronSchedule, after: number): number | null {
  const today = Math.floor(after / dayMs);
  const [hours, minutes] = [descending(schedule.hours).reverse(), descending(schedule.minutes).reverse()];
  for (let day = today; day < today + 400; day += 1) {
    if (!fitsDay(schedule, new Date(day * dayMs))) continue;
    for (const hour of hours) {
      const due = minutes.map((minute) => day * dayMs + (hour * 60 + minute) * 60_000).find((time) => time > after);
      if (due !== undefined) return due;
    }
  }
  return null;
}

/** The last moment not after `before` at which a run was due, both as wall-clock time read as UTC; null where none was within 400 days. */
export function lastDue(schedule: CronSchedule, before: number): number | null {
  const today = Math.floor(before / dayMs);
  const [hours, minutes] = [descending(schedule.hours), descending(schedule.minutes)];
  for (let day = today; day > today - 400; day -= 1) {
    if (!fitsDay(schedule, new Date(day * dayMs))) continue;
    const times = hours.flatMap((hour) => minutes.map((minute) => day * dayMs + (hour * 60 + minute) * 60_000));
    const due = times.find((time) => time <= before);
    if (due !== undefined) return due;
  }
  return null;
}

function descending(values: ReadonlySet<number>): number[] {
  return [...values].sort((a, b) => b - a);
}

function fitsDay({ months, days, weekdays, anyDay, anyWeekday }: CronSchedule, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const [byDay, byWeekday] = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
  return anyDay || anyWeekday ? byDay && byWeekday : byDay || byWeekday;
}

/** A moment as the wall clock of a time zone shows it, read as if it were UTC; null for a zone that is not known. */
export function wallClock(at: number, timeZone: string): number | null {
  if (timeZone === 'UTC') return at;
  const parts = partsIn(at, timeZone);
  if (parts === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function partsIn(at: number, timeZone: string): number[] | null {
  const order = ['year', 'month', 'day', 'hour', 'minute', 'second'];
  const options: Intl.DateTimeFormatOptions = {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  };
  try {
    const parts = new Intl.DateTimeFormat('en-US', options).formatToParts(at);
    return order.map((type) => Number(parts.find((part) => part.type === type)?.value));
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

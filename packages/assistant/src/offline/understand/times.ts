import type { Since } from './question.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const units: readonly (readonly [RegExp, number, string])[] = [
  [/^(s|secs?|seconds?)$/, 1000, 'second'],
  [/^(m|mins?|minutes?)$/, minute, 'minute'],
  [/^(h|hrs?|hours?)$/, hour, 'hour'],
  [/^(d|days?)$/, day, 'day'],
  [/^(w|wks?|weeks?)$/, 7 * day, 'week'],
];

const numbers: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, couple: 2, three: 3, few: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12, fifteen: 15 },
  ...{ twenty: 20, thirty: 30, half: 0.5 },
};

/** `3`, `three`, `a couple`; null where it is no number. */
export function numberOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  return /^\d+(\.\d+)?$/.test(word) ? Number(word) : (numbers[word] ?? null);
}

const unit = '(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)';
const amount = String.raw`(\d+(?:\.\d+)?|a couple of|couple of|half an|half|a few|few|an|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)`;

interface TimeForm {
  pattern: RegExp;
  read(match: RegExpExecArray, now: number): Since | null;
}

/** The forms in which people name a time, the most exact first. Days begin at midnight UTC. */
const forms: readonly TimeForm[] = [
  { pattern: new RegExp(String.raw`\b(?:in |for |over |during |within )?(?:the )?(?:last|past|previous) ${amount} ?${unit}\b`), read: (m) => span(m[1], m[2]) },
  { pattern: new RegExp(String.raw`\b(?:since |up to |until )?${amount} ?${unit} ago\b`), read: (m) => span(m[1], m[2]) },
  { pattern: new RegExp(String.raw`\b(?:since|for|within|in) (?:the )?${amount} ?${unit}\b`), read: (m) => span(m[1], m[2]) },
  { pattern: /\b(?:in |over |during |within |for )?(?:the |this )?(?:last|past) (minute|hour|day|week)\b/, read: (m) => span('1', m[1]) },
  {
    pattern: /\b(?:since |from )?(?:the )?day before yesterday\b/,
    read: (_, now) => ({ ms: now - midnight(now) + 2 * day, text: 'since the day before yesterday' }),
  },
  { pattern: /\b(?:since |from )?last night\b/, read: (_, now) => ({ ms: now - midnight(now) + 6 * hour, text: 'since last night' }) },
  { pattern: /\bover ?night\b/, read: (_, now) => ({ ms: now - midnight(now) + 6 * hour, text: 'overnight' }) },
  { pattern: /\b(?:since |from )?yesterday\b/, read: (_, now) => ({ ms: now - midnight(now) + day, text: 'since yesterday' }) },
  { pattern: /\b(?:since )?this morning\b/, read: (_, now) => ({ ms: Math.max(hour, now - midnight(now) - 6 * hour), text: 'since this morning' }) },
  { pattern: /\b(?:since )?(?:today|midnight)\b/, read: (_, now) => ({ ms: Math.max(minute, now - midnight(now)), text: 'today' }) },
  { pattern: /\bthis week\b/, read: () => ({ ms: 7 * day, text: 'the last 7 days' }) },
  { pattern: /\bsince (mon|tues|wednes|thurs|fri|satur|sun)day\b/, read: (m, now) => weekday(m[1] ?? '', now) },
  { pattern: /\bsince (?:at )?(\d{1,2})(?::(\d{2}))? ?(am|pm)?\b/, read: (m, now) => clock(m, now) },
  { pattern: /\bjust now\b/, read: () => span('10', 'minutes') },
  { pattern: /\b(?:recently|lately|recent)\b/, read: () => span('1', 'hour') },
];

/** The time that a text names, and the text without it; `since` is null where it names none. */
export function findTime(text: string, now: number): { since: Since | null; rest: string } {
  for (const { pattern, read } of forms) {
    const match = pattern.exec(text);
    const since = match === null ? null : read(match, now);
    if (match !== null && since !== null) return { since, rest: `${text.slice(0, match.index)}@time${text.slice(match.index + match[0].length)}` };
  }
  return { since: null, rest: text };
}

function span(amountText = '', unitText = ''): Since | null {
  const count = amountText.split(' ').flatMap((word) => numberOf(word) ?? []);
  const found = units.find(([pattern]) => pattern.test(unitText));
  if (found === undefined || count.length === 0) return null;
  const [, length, name] = found;
  // `a couple` is two and `half an` a half: the article counts only where it stands alone.
  const times = count.find((each) => each !== 1) ?? 1;
  return { ms: times * length, text: times === 1 ? `the last ${name}` : `the last ${times} ${name}s` };
}

function midnight(now: number): number {
  return Math.floor(now / day) * day;
}

const weekdays = ['sun', 'mon', 'tues', 'wednes', 'thurs', 'fri', 'satur'];

function weekday(name: string, now: number): Since {
  const back = (new Date(now).getUTCDay() - weekdays.indexOf(name) + 7) % 7;
  return { ms: now - midnight(now) + back * day, text: `since ${name}day` };
}

function clock([, hours = '0', minutes = '0', half]: RegExpExecArray, now: number): Since | null {
  const given = Number(hours) % 24;
  const at = (half === 'pm' && given < 12 ? given + 12 : half === 'am' && given === 12 ? 0 : given) * hour + Number(minutes) * minute;
  const back = now - midnight(now) - at;
  return { ms: back > 0 ? back : back + day, text: `since ${hours}${minutes === '0' ? '' : `:${minutes}`}${half ?? ''}` };
}

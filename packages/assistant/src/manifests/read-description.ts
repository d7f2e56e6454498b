import type { Wanted } from './wanted.ts';

const name = '([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)';
const quantity = String.raw`(\d+(?:\.\d+)?\s?(?:[KMGT]i?B?|[kmgt]i?b?))\b`;
const numbers: Readonly<Record<string, number>> = { one: 1, a: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 };
const hourOfDay: Readonly<Record<string, number>> = { midnight: 0, noon: 12, night: 2, nightly: 2, morning: 6, evening: 20 };

/** The parameters that a description in words names. What it does not say is left open. */
export function readDescription(description: string): Wanted {
  const text = description.trim();
  const find = (pattern: string, flags = 'i') => new RegExp(pattern, flags).exec(text);
  const one = (pattern: string) => find(pattern)?.[1] ?? null;
  const image = imageIn(text);
  return {
    text,
    name: nameIn(text, image),
    namespace: one(String.raw`\b(?:in|into) (?:the )?namespace ${name}\b`) ?? one(String.raw`\bin the ${name} namespace\b`),
    image,
    replicas: numberOf(one(String.raw`\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:replicas?|instances?|pods?|copies)\b`)),
    port: numberOf(one(String.raw`\bto (?:port )?(\d{2,5})\b`) ?? one(String.raw`\b(?:port|listen\w*(?: on)?(?: port)?|serves? on) (\d{2,5})\b`)),
    servicePort: numberOf(one(String.raw`\bport (\d{2,5}) to (?:port )?\d`)),
    host: one(String.raw`\b(?:at|host|for|on|behind) (?:https?://)?((?:\*\.)?(?:[a-z0-9-]+\.)+[a-z]{2,})\b(?!:)`),
    path: one(String.raw`\b(?:under|path|at path) (/[\w/.-]*)`),
    tls: /\b(?:tls|https|ssl|certificate)\b/i.test(text),
    storage: storageIn(text),
    mountPath: one(String.raw`\b(?:mounted (?:at|on|to)|at|under|in) (/[a-z][\w/.-]*)`),
    schedule: scheduleIn(text),
    command: one(String.raw`\b(?:runs?|running|executes?|with (?:the )?command) ["'\x60]([^"'\x60]+)["'\x60]`),
    values: valuesIn(text),
    cpu: one(String.raw`\b(\d+(?:\.\d+)?m?) ?(?:cpus?|cores?)\b`),
    memory: quantityOf(one(String.raw`\b${quantity} (?:of )?(?:memory|ram|mem)\b`) ?? one(String.raw`\b(?:memory|ram) (?:of |limit |limit of )?${quantity}`)),
    ...boundsIn(text),
    target: one(
      String.raw`\b(?:for|of|guards?|protects?|scales?|to)\s+(?:the )?(?:deployment|statefulset|workload|app|pods of|pods)?\s*${name}\b(?! (?:cpu|gi|mi|replicas?)\b)`,
    ),
    peer:
      one(String.raw`\b(?:from|only|lets?|allows?(?: only)?) (?:the |only )?(?:pods of |app )?${name}(?: pods)? (?:reach|in|to|connect|talk|access|on)\b`) ??
      one(String.raw`\bfrom (?:the |pods of |app )*${name}\b(?![:./])`),
    verbs: [...new Set(text.toLowerCase().match(/\b(?:get|list|watch|create|update|patch|delete|read)\b/g) ?? [])],
    resources: [
      ...new Set(
        text
          .replace(/\bservice ?accounts?\b/gi, '')
          .toLowerCase()
          .match(/\b(?:pods?|deployments?|services?|configmaps?|secrets?|jobs?|cronjobs?|ingresses|events?|nodes?|namespaces?|statefulsets?|logs?)\b/g) ?? [],
      ),
    ],
    account: one(String.raw`\b(?:service ?account|account) (?:called |named )?${name}\b`),
  };
}

/** `nginx:1.27`, `ghcr.io/team/app@sha256:…`, or what follows `image` or `from`. */
function imageIn(text: string): string | null {
  const tagged = /(?:^|\s)((?:[\w.-]+(?::\d+)?\/)*[\w.-]+(?::[\w][\w.-]*|@sha256:[0-9a-f]{64}))(?=[\s,.]|$)/i.exec(text)?.[1];
  if (tagged !== undefined && !/^\d+:\d+$/.test(tagged)) return tagged.replace(/[.,]$/, '');
  return /\b(?:image|from (?:the )?image|using(?: the)?(?: image)?)\s+([\w./-]+)/i.exec(text)?.[1] ?? null;
}

const unnamed = new Set([
  'a',
  'an',
  'the',
  'new',
  'simple',
  'small',
  'my',
  'our',
  'some',
  'with',
  'from',
  'that',
  'stateful',
  'database',
  'cron',
  'service',
  'network',
  'default',
  'deny',
  'for',
  'allow',
  'all',
  'kubernetes',
  'on',
  'in',
  'to',
  'at',
  'and',
  'of',
  'which',
  'runs',
  'secret',
  'config',
]);

function nameIn(text: string, image: string | null): string | null {
  const called = new RegExp(String.raw`\b(?:called|named|name) ["'\x60]?${name}`, 'i').exec(text)?.[1];
  if (called !== undefined) return called.toLowerCase();
  const kinds = '(?:configmap|config map|secret|namespace|job|cronjob|deployment|statefulset|service|role|quota)';
  const behind = new RegExp(String.raw`^(?:create |make )?(?:an? |the )?(?:new )?${kinds} ${name}\b`, 'i').exec(text)?.[1]?.toLowerCase();
  if (behind !== undefined && !unnamed.has(behind)) return behind;
  const before = new RegExp(String.raw`\b${name} (?:app|application|api|server|worker|deployment|service|database|cache|job|cronjob)\b`, 'i')
    .exec(text)?.[1]
    ?.toLowerCase();
  if (before !== undefined && !unnamed.has(before) && !/^\d/.test(before)) return before;
  const base = image
    ?.split('/')
    .at(-1)
    ?.split(/[:@]/)[0]
    ?.toLowerCase()
    .replace(/[^a-z0-9-]/g, '-');
  return base === undefined || base === '' ? null : base;
}

function storageIn(text: string): string | null {
  const found =
    new RegExp(String.raw`\b${quantity} (?:of )?(?:\w+ )?(?:storage|disk|volume|space|persistent|pvc|claim|data)`, 'i').exec(text)?.[1] ??
    new RegExp(String.raw`\b(?:storage|disk|volume|claim)(?: of)? ${quantity}`, 'i').exec(text)?.[1];
  return quantityOf(found ?? null);
}

/** `10 GB` as Kubernetes writes it: `10Gi`; people mean the binary one. */
function quantityOf(text: string | null): string | null {
  const parts = /^(\d+(?:\.\d+)?)\s?([kmgt])/i.exec(text ?? '');
  return parts === null ? null : `${parts[1]}${(parts[2] ?? '').toUpperCase() === 'K' ? 'K' : (parts[2] ?? '').toUpperCase()}i`;
}

function numberOf(text: string | null): number | null {
  if (text === null) return null;
  return numbers[text.toLowerCase()] ?? Number(text);
}

/** `KEY=value` anywhere; a value with blanks stands in quotes. */
function valuesIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/(?:^|[\s,])([A-Za-z_][\w.-]*)=(?:"([^"]*)"|'([^']*)'|([^\s,]+))/g)];
  return Object.fromEntries(pairs.map(([, key = '', double, single, bare]) => [key, double ?? single ?? bare ?? '']));
}

function boundsIn(text: string): Pick<Wanted, 'minimum' | 'maximum' | 'percent'> {
  const between = /\b(?:between|from)\s+(\d+)\s+(?:and|to)\s+(\d+)\b/i.exec(text);
  const least = /\b(?:at least|min(?:imum)?(?: of)?)\s+(\d+)\b/i.exec(text)?.[1];
  const most = /\b(?:at most|up to|max(?:imum)?(?: of)?|no more than)\s+(\d+)\b/i.exec(text)?.[1];
  return {
    minimum: numberOf(between?.[1] ?? least ?? null),
    maximum: numberOf(between?.[2] ?? most ?? null),
    percent: numberOf(/\b(\d{1,3}) ?(?:%|percent)/i.exec(text)?.[1] ?? null),
  };
}

/** Five fields of cron: as they were written in quotes, or from words. */
function scheduleIn(text: string): string | null {
  const cron = /["'`](\S+ \S+ \S+ \S+ \S+)["'`]/.exec(text)?.[1];
  if (cron !== undefined) return cron;
  const minutes = /\bevery (\d+) min/i.exec(text)?.[1];
  if (minutes !== undefined) return `*/${minutes} * * * *`;
  const hours = /\bevery (\d+) hours?/i.exec(text)?.[1];
  if (hours !== undefined) return `0 */${hours} * * *`;
  if (/\b(?:every minute)\b/i.test(text)) return '* * * * *';
  if (/\b(?:hourly|every hour)\b/i.test(text)) return '0 * * * *';
  const hour = timeOfDay(text);
  if (/\b(?:weekly|every week|every (?:sun|mon|tues|wednes|thurs|fri|satur)day)\b/i.test(text)) return `${hour} * * ${weekday(text)}`;
  if (/\b(?:monthly|every month)\b/i.test(text)) return `${hour} 1 * *`;
  return /\b(?:daily|nightly|every (?:day|night|morning|evening)|each (?:day|night))\b/i.test(text) ? `${hour} * * *` : null;
}

/** The minute and the hour. */
function timeOfDay(text: string): string {
  const clock = /\bat (\d{1,2})(?::(\d{2}))? ?(am|pm)?\b(?!\S*\/)/i.exec(text);
  if (clock !== null) {
    const hour = Number(clock[1]) + (clock[3]?.toLowerCase() === 'pm' && Number(clock[1]) < 12 ? 12 : 0);
    return `${Number(clock[2] ?? 0)} ${hour % 24}`;
  }
  const word = Object.keys(hourOfDay).find((each) => new RegExp(`\\b${each}\\b`, 'i').test(text));
  return `0 ${word === undefined ? 3 : hourOfDay[word]}`;
}

function weekday(text: string): number {
  const days = ['sun', 'mon', 'tues', 'wednes', 'thurs', 'fri', 'satur'];
  return Math.max(
    0,
    days.findIndex((day) => new RegExp(`\\b${day}day`, 'i').test(text)),
  );
}

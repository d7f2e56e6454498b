import type { Selection } from './question.ts';
import { numberOf } from './times.ts';

/** A condition in words: a term of the filter grammar, an order, or both. `{n}` is the number that was said. */
interface Condition {
  pattern: RegExp;
  /** For which kinds; left out: all. */
  kinds?: readonly string[];
  term?: string | ((match: RegExpExecArray) => string | null);
  sort?: string;
  /** What is said of it; left out: the words themselves. */
  said?: string;
}

const pods = ['Pod'];

const comparisons: readonly (readonly [RegExp, string])[] = [
  [/more than|over|above|greater than|exceeding|^>$/, '>'],
  [/at least|minimum/, '>='],
  [/less than|fewer than|under|below|^<$/, '<'],
  [/at most|up to/, '<='],
];

const conditions: readonly Condition[] = [
  { pattern: /\brestart(?:ed|s|ing)? (more than|over|at least|less than) (\w+)(?: times)?\b/, kinds: pods, term: compared('restarts'), sort: '-restarts' },
  {
    pattern: /\b(more than|over|above|greater than|at least|less than|fewer than|under|below|at most|up to|>|<) (\w+) (?:restarts?|times)\b/,
    kinds: pods,
    term: compared('restarts'),
    sort: '-restarts',
  },
  {
    pattern:
      /\brestart(?:s|ed|ing)? (?:a lot|often|too much|too often|frequently|constantly|all the time|many times|again and again|repeatedly)|keeps? restarting|many restarts|lots of restarts|high restarts?(?: counts?)?|flapping/,
    kinds: pods,
    term: 'restarts>5',
    sort: '-restarts',
    said: 'more than 5 restarts',
  },
  {
    pattern: /\b(?:most|by|highest) restarts|restarts? (?:the )?most|most often restarted\b/,
    kinds: pods,
    term: 'restarts>0',
    sort: '-restarts',
    said: 'the most restarts first',
  },
  {
    pattern: /\b(?:restarted|restarting|restarts|with restarts|been restarted)\b/,
    kinds: pods,
    term: 'restarts>0',
    sort: '-restarts',
    said: 'restarted at least once',
  },
  { pattern: /\b(?:crash(?:ed|es|ing)?|crash ?loop\w*)\b/, kinds: pods, term: '/crash|error|oomkilled/', said: 'crashing' },
  { pattern: /\boom ?killed|out of memory|oom\b|\bkilled\b/, kinds: pods, term: 'status:oomkilled' },
  { pattern: /\b(?:imagepullbackoff|errimagepull|(?:can not|not able to|unable to|fail\w* to) pull)\b/, kinds: pods, term: 'status:image' },
  { pattern: /\bnot running\b/, kinds: pods, term: '!status:running !status:completed !status:succeeded', said: 'not running' },
  {
    pattern:
      /\b(?:not ready|unready|not available|unavailable|not healthy|unhealthy|broken|fail(?:ing|ed|s|ures?)?|bad|sick|in trouble|not ok|not working|down|degraded|wrong|stuck|problems?|not running|with (?:issues|problems|errors))\b/,
    term: '!status:healthy !status:scaledToZero',
    said: 'not healthy',
  },
  {
    pattern: /\b(?:pending|unschedulable|not scheduled|waiting|unbound|not bound)\b/,
    term: (match) => (/unbound|not bound/.test(match[0]) ? '!status:bound' : 'status:pending'),
  },
  { pattern: /\bterminating\b/, term: 'status:terminating' },
  { pattern: /\bevicted\b/, term: 'status:evicted' },
  { pattern: /\b(?:completed|succeeded|finished)\b/, term: '/complete|succeeded/' },
  { pattern: /\bcordoned\b/, kinds: ['Node'], term: 'status:schedulingdisabled' },
  { pattern: /\bsuspended\b/, term: '/true|suspended/' },
  { pattern: /\bbound\b/, term: 'status:bound' },
  { pattern: /\b(?:scaled (?:down )?to (?:zero|0)|zero replicas|0 replicas|no replicas)\b/, term: 'status:scaledToZero' },
  { pattern: /\b(?:healthy|ready|available)\b/, term: 'status:healthy' },
  { pattern: /\brunning\b/, kinds: pods, term: 'status:running' },
  {
    pattern: /\b(older|newer|younger) than (\w+) ?(seconds?|minutes?|mins?|hours?|hrs?|h|m|d|days?|weeks?)\b/,
    term: ([, than, count, unit]) => aged(than === 'older' ? '>' : '<', count, unit),
  },
  { pattern: /\b(older|newer|younger) than (\d+)(m|h|d|w)\b/, term: ([, than, count, unit]) => aged(than === 'older' ? '>' : '<', count, unit) },
  { pattern: /(?:-l |label(?:s|led|ed)? (?:with )?|with (?:the )?labels? )([\w./-]+=[\w.-]+)/, term: ([, label]) => `-l ${label}` },
  { pattern: /\b(?:using|with|running|from|of) (?:the )?image ([\w./:-]+)/, term: ([, image]) => image ?? null },
  { pattern: /\boldest\b/, sort: 'age', said: 'the oldest first' },
  { pattern: /\b(?:newest|latest|youngest|most recent)\b/, sort: '-age', said: 'the newest first' },
];

function compared(column: string): (match: RegExpExecArray) => string | null {
  return ([, words = '', count]) => {
    const operator = comparisons.find(([pattern]) => pattern.test(words))?.[1];
    const number = numberOf(count);
    return operator === undefined || number === null ? null : `${column}${operator}${number}`;
  };
}

function aged(operator: string, count: string | undefined, unit = ''): string | null {
  const number = numberOf(count);
  return number === null ? null : `age${operator}${number}${unit.charAt(0)}`;
}

/** What of a kind is meant by the words of a question. `createdWithin` is a time that was named. Milliseconds. */
export function selectionOf(shape: string, kind: string, createdWithin: number | null): Selection {
  const words: string[] = [];
  const selection: Selection = { filter: '', sort: '', limit: limitIn(shape), words, unheeded: [] };
  let rest = shape;
  for (const condition of conditions.filter(({ kinds }) => kinds === undefined || kinds.includes(kind))) {
    const match = condition.pattern.exec(rest);
    if (match === null) continue;
    const term = typeof condition.term === 'function' ? condition.term(match) : (condition.term ?? '');
    if (term === null) continue;
    selection.filter = `${selection.filter} ${term}`.trim();
    words.push(condition.said ?? match[0].trim());
    selection.sort ||= condition.sort ?? '';
    // A word counts once: `more than 3 restarts` is not also `restarts`.
    rest = rest.replace(match[0], ' ');
  }
  selection.unheeded = unheededIn(rest);
  if (createdWithin === null || !/\b(?:created|started|new|added|appeared)\b/.test(shape)) return selection;
  return { ...selection, filter: `${selection.filter} age<${Math.round(createdWithin / 60_000)}m`.trim(), words: [...selection.words, 'created in that time'] };
}

/** What narrows a question down, where no condition took it. */
const narrowing =
  /\b(?:more than|less than|fewer than|greater than|at least|at most|exactly) \S+(?: [a-z@]+)?|\b(?:without|except|excluding|other than|but not|(?:with|have|has) no) \S+|\bnot (?:@ns|(?:owned|managed|made|created|started|in|on|by|from|using|part of|of)\b(?: \S+){1,3})|\b(?:per|grouped by|for each) \S+/g;

function unheededIn(rest: string): string[] {
  return (rest.match(narrowing) ?? []).map((words) => words.replaceAll(/@\w+/g, '…'));
}

/** `top 5`, `first three`, `5 biggest`; null where no number is said. */
export function limitIn(shape: string): number | null {
  const match = /\b(?:top|first|last|only) (\w+)\b|\b(\w+) (?:biggest|largest|most|oldest|newest|hungriest|busiest|heaviest|latest)\b/.exec(shape);
  const limit = numberOf(match?.[1] ?? match?.[2]);
  return limit === null || limit < 1 ? null : Math.min(500, Math.round(limit));
}

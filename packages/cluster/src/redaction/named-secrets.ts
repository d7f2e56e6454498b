import { isHarmlessValue, isSecretName } from './secret-names.ts';

/** What stands for a secret. It is told the secret, so that it can be found again elsewhere. */
export type Hide = (secret: string) => string;

/** A way in which a name and its value are written. */
interface NamedRule {
  /** Everything up to the value, with the group `name`. Global; what it repeats is bounded, so that it takes linear time on any text. */
  before: RegExp;
  /** The value, right after it: only looked at behind the name of a secret. Sticky. `indent` is what the line begins with. */
  value(indent: string): RegExp;
  /** Whether such a value in prose is no secret. */
  isProse?(value: string): boolean;
}

/** Names are matched whole and judged after: a pattern that looks for the word inside a name takes quadratic time. */
const name = '(?<![\\w.-])(?<name>[\\w.-]{1,80})';
/** A quotation mark, also one inside another quoted text. */
const mark = `(?:\\\\{0,3}["'])?`;
const quoted = `\\\\{1,3}"[^"\\n]*"|"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"|'[^'\\n]*'`;
const character = `[^\\s,;&"'<>(){}\\[\\]\\\\]`;
const sticky = (pattern: string) => {
  const compiled = new RegExp(pattern, 'y');
  return () => compiled;
};
const toEndOfLine = sticky(`[^\\s"'{[|>&*#][^\\n]*(?=\\n|$)`);

const rules: readonly NamedRule[] = [
  // `{name: DB_PASSWORD, value: x}` over one line or several, as YAML, JSON and XML write it.
  {
    before: new RegExp(
      `(?<![\\w.-])(?:name|key)${mark}\\s{0,4}[:=]\\s{0,4}${mark}(?<name>[\\w.-]{1,80})${mark}[ \\t]{0,4},?\\s{0,40}${mark}value${mark}\\s{0,4}[:=]\\s{0,4}`,
      'g',
    ),
    value: sticky(`${quoted}|[^\\s,}\\]"'][^\\n,}\\]]*`),
  },
  // `--password` and its value behind it or in the next place of a list.
  {
    before: new RegExp(`(?<![\\w-])--?(?<name>[A-Za-z][\\w-]{1,80})(?:${mark},\\s{0,40}|["']?\\n\\s{0,40}-\\s{1,4}|[ \\t]{1,4})`, 'g'),
    value: sticky(`${quoted}|${character}+`),
    isProse: (value) => /^(?:-|[:=|]|(?:flag|option|argument|and|or|is|was|in|to|for|with)$)/.test(value),
  },
  // A block of YAML: `password: |` and the lines below it.
  {
    before: /^(?<indent>[ \t]{0,80})(?:- )?["']?(?<name>[\w.-]{1,80})["']?:[ \t]{0,9}(?=[|>])/gm,
    value: (indent) => new RegExp(`[|>][+\\-\\d]{0,2}[ \\t]*\\n(?:${indent}[ \\t]+[^\\n]*(?:\\n|$)|[ \\t]*\\n)+`, 'y'),
  },
  // A line of its own: `password: x y` of YAML, `password = x y` of an INI file.
  { before: /^[ \t]{0,80}(?:- )?(?<name>[\w.-]{1,80})[ \t]{0,9}:[ \t]{1,9}/gm, value: toEndOfLine, isProse: isSentence },
  { before: /^[ \t]{0,80}(?<name>[\w.-]{1,80})[ \t]{1,9}=[ \t]{1,9}/gm, value: toEndOfLine, isProse: isSentence },
  // `DB_PASSWORD=x`, `--password=x`, `password=x` of a connection string, `:password=>"x"`.
  { before: new RegExp(`${name}${mark}[ \\t]{0,9}(?:=>|:=|=)[ \\t]{0,9}`, 'g'), value: sticky(`\\$[({]\\w+[)}]|${quoted}|${character}+`) },
  // `"password": "x"` as JSON writes it, and `password: x` of many programs.
  {
    before: new RegExp(`${name}${mark}[ \\t]{0,9}:[ \\t]{0,9}`, 'g'),
    value: sticky(`${quoted}|${character}{8,}|\\d+`),
    isProse: (value) => !/^\\*["']/.test(value) && !/[\d_\-+/=!@#$%^*]/.test(value),
  },
];

/** `value: x` with the name behind it. */
const nameBehind = new RegExp(
  `(?<=(?<![\\w.-])value${mark}:\\s{0,4})(?<value>\\\\{1,3}"[^"\\n]{0,4000}"|"(?:[^"\\\\]|\\\\.){0,4000}"|'[^'\\n]{0,4000}'|[^\\s,}"'][^\\n,}]{0,4000})(?=,?\\s{0,40}${mark}name${mark}:\\s{0,4}${mark}(?<name>[\\w.-]{1,80}))`,
  'g',
);

/** What every name of a secret has in it. */
const tellingWord = /pass|pwd|secret|token|credential|connection|key|masterauth|(?<![a-z])(?:pat|sas|jwt|dsn)(?![a-z])|Dsn|DSN/gi;
/** So far before its telling word a name, with what stands before it, may begin. */
const mostBefore = 260;

/** Whether a text may have the name of a secret in it; cheap. */
export function maySpeakOfSecrets(text: string): boolean {
  return text.search(tellingWord) >= 0;
}

/** A text without the values behind names such as `DB_PASSWORD`, in the ways in which names and values are written. */
export function hideNamedSecrets(text: string, hide: Hide): string {
  if (!maySpeakOfSecrets(text)) return text;
  return rules
    .reduce((current, rule) => hideByRule(current, rule, hide), text)
    .replace(nameBehind, (value: string, _value: string, found: string) => hideValue(found, value, hide) ?? value);
}

/**
 * Names are looked for around telling words only, as most of a text has none. The search only ever goes forward. Behind a
 * name that is none of a secret's it goes on with the value: there may be another name in it.
 */
function hideByRule(text: string, rule: NamedRule, hide: Hide): string {
  const { before } = rule;
  let result = '';
  let done = 0;
  before.lastIndex = 0;
  let match = before.exec(text);
  for (const { index: place } of text.matchAll(tellingWord)) {
    if (match !== null && match.index < place - mostBefore) {
      before.lastIndex = Math.max(before.lastIndex, place - mostBefore);
      match = before.exec(text);
    }
    for (; match !== null && match.index <= place; match = before.exec(text)) {
      const start = match.index + match[0].length;
      const hit = valueAt(text, start, match.groups ?? {}, rule, hide);
      if (hit === null) continue;
      result += text.slice(done, start) + hit.hidden;
      done = start + hit.length;
      before.lastIndex = done;
    }
    if (match === null) break;
  }
  return result + text.slice(done);
}

function valueAt(text: string, start: number, { name: found = '', indent = '' }: Groups, { value: valuePattern, isProse }: NamedRule, hide: Hide) {
  if (!isSecretName(found)) return null;
  const pattern = valuePattern(indent);
  pattern.lastIndex = start;
  const value = pattern.exec(text)?.[0];
  const hidden = value === undefined || isProse?.(value) === true ? null : hideValue(found, value, hide);
  return value === undefined || hidden === null ? null : { hidden, length: value.length };
}

type Groups = Partial<Record<'name' | 'indent', string>>;

/** Null for what is no secret. The quotation marks around it, and the end of its line, stay. */
function hideValue(found: string, value: string, hide: Hide): string | null {
  const [, open = '', rest = ''] = /^(\\*["']?)([\s\S]*)$/.exec(value) ?? [];
  const inner = open === '' ? rest.trim() : rest.slice(0, Math.max(0, rest.length - open.length));
  if (!isSecretName(found) || isHarmlessValue(found, inner)) return null;
  return `${open}${hide(inner)}${open}${value.endsWith('\n') ? '\n' : ''}`;
}

/** `token: unexpected end of input`: words, and among them some that make a sentence; `tokens: 1500 in all`. */
function isSentence(value: string): boolean {
  if (/^\w+$/.test(value)) return /^(?:expired|invalid|missing|required|incorrect|unknown|rejected|ok|accepted|valid)$/i.test(value);
  return /^\d{1,9}[\s,]/.test(value) || (/^[A-Za-z']+[,.]?\s+\S/.test(value) && sentenceWord.test(value));
}

const sentenceWord =
  /\b(?:is|are|was|not|must|should|cannot|can't|for|of|has|have|the|in|at|to|from|expired|invalid|unexpected|missing|required|incorrect|failed|denied|unknown|found)\b/i;

import { isHarmlessValue, isSecretName } from './secret-names.ts';

/** What stands for a secret. It is told the secret, so that it can be found again elsewhere. */
export type Hide = (secret: string) => string;

interface NamedRule {
  /** Global, with the groups `name` and `value`, and around the value `before` and, where anything follows, `after`. */
  pattern: RegExp;
  /** Whether such a value in prose is no secret. */
  isProse?(value: string): boolean;
}

/** Names are matched whole and judged after: a pattern that looks for the word inside a name takes quadratic time. */
const name = '(?<![\\w.-])(?<name>[\\w.-]{1,80})';
/** A quotation mark, also one inside another quoted text. */
const mark = `(?:\\\\{0,3}["'])?`;
const quoted = `\\\\{1,3}"[^"\\n]{0,8000}"|"(?:[^"\\\\]|\\\\.){0,8000}"|'[^'\\n]{0,8000}'`;
const character = `[^\\s,;&"'<>(){}\\[\\]\\\\]`;

const rules: readonly NamedRule[] = [
  // `{name: DB_PASSWORD, value: x}` over one line or several, as YAML, JSON and XML write it, and the other way round.
  {
    pattern: new RegExp(
      `(?<before>(?<![\\w.-])(?:name|key)${mark}\\s{0,4}[:=]\\s{0,4}${mark}(?<name>[\\w.-]{1,80})${mark}[ \\t]{0,4},?\\s{0,40}${mark}value${mark}\\s{0,4}[:=]\\s{0,4})(?<value>${quoted}|[^\\s,}\\]"'][^\\n,}\\]]*)`,
      'g',
    ),
  },
  {
    pattern: new RegExp(
      `(?<before>(?<![\\w.-])value${mark}:\\s{0,4})(?<value>${quoted}|[^\\s,}"'][^\\n,}]*)(?<after>,?\\s{0,40}${mark}name${mark}:\\s{0,4}${mark}(?<name>[\\w.-]{1,80}))`,
      'g',
    ),
  },
  // `--password` and its value behind it or in the next place of a list.
  {
    pattern: new RegExp(
      `(?<before>(?<![\\w-])--?(?<name>[A-Za-z][\\w-]{1,80})(?:${mark},\\s{0,40}|["']?\\n\\s{0,40}-\\s+|[ \\t]{1,4}))(?<value>${quoted}|${character}+)`,
      'g',
    ),
    isProse: (value) => /^(?:-|[:=|]|(?:flag|option|argument|and|or|is|was|in|to|for|with)$)/.test(value),
  },
  // A block of YAML: `password: |` and the lines below it.
  {
    pattern:
      /(?<before>^(?<indent>[ \t]*)(?:- )?["']?(?<name>[\w.-]{1,80})["']?:[ \t]*)(?<value>[|>][+\-\d]{0,2}[ \t]*\n(?:\k<indent>[ \t]+[^\n]*(?:\n|$)|[ \t]*\n){1,500})/gm,
  },
  // A line of its own: `password: x y` of YAML, `password = x y` of an INI file.
  { pattern: /(?<before>^[ \t]*(?:- )?(?<name>[\w.-]{1,80})[ \t]*:[ \t]+)(?<value>[^\s"'{[|>&*#][^\n]*)$/gm, isProse: isSentence },
  { pattern: /(?<before>^[ \t]*(?<name>[\w.-]{1,80})[ \t]+=[ \t]+)(?<value>[^\s"'][^\n]*)$/gm, isProse: isSentence },
  // `DB_PASSWORD=x`, `--password=x`, `password=x` of a connection string, `:password=>"x"`.
  { pattern: new RegExp(`(?<before>${name}${mark}[ \\t]{0,9}(?:=>|:=|=)[ \\t]{0,9})(?<value>\\$[({]\\w+[)}]|${quoted}|${character}+)`, 'g') },
  // `"password": "x"` as JSON writes it, and `password: x` of many programs.
  {
    pattern: new RegExp(`(?<before>${name}${mark}[ \\t]{0,9}:[ \\t]{0,9})(?<value>${quoted}|${character}{8,}|\\d+)`, 'g'),
    isProse: (value) => !/^\\*["']/.test(value) && !/[\d_\-+/=!@#$%^*]/.test(value),
  },
];

/** A text without the values behind names such as `DB_PASSWORD`, in the ways in which names and values are written. */
export function hideNamedSecrets(text: string, hide: Hide): string {
  return rules.reduce((current, rule) => hideByRule(current, rule, hide), text);
}

/** What is no secret is looked at again from its value on: there may be another name in it. */
function hideByRule(text: string, { pattern, isProse }: NamedRule, hide: Hide): string {
  let result = '';
  let done = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const { name: found = '', before = '', value = '', after = '' }: Groups = match.groups ?? {};
    const hidden = isProse?.(value) === true ? null : hideValue(found, value, hide);
    if (hidden === null) {
      pattern.lastIndex = match.index + Math.max(1, before.length);
      continue;
    }
    result += `${text.slice(done, match.index)}${before}${hidden}${after}`;
    done = match.index + match[0].length;
  }
  return result + text.slice(done);
}

/** Null for what is no secret. The quotation marks around it, and the end of its line, stay. */
function hideValue(found: string, value: string, hide: Hide): string | null {
  const [, open = '', rest = ''] = /^(\\*["']?)([\s\S]*)$/.exec(value) ?? [];
  const inner = open === '' ? rest.trim() : rest.slice(0, Math.max(0, rest.length - open.length));
  if (!isSecretName(found) || isHarmlessValue(found, inner)) return null;
  return `${open}${hide(inner)}${open}${value.endsWith('\n') ? '\n' : ''}`;
}

type Groups = Partial<Record<'name' | 'before' | 'value' | 'after', string>>;

/** `token: unexpected end of input`: words, and among them some that make a sentence. */
function isSentence(value: string): boolean {
  if (/^\w+$/.test(value)) return /^(?:expired|invalid|missing|required|incorrect|unknown|rejected|ok|accepted|valid)$/i.test(value);
  return /^[A-Za-z']+[,.]?\s+\S/.test(value) && sentenceWord.test(value);
}

const sentenceWord =
  /\b(?:is|are|was|not|must|should|cannot|can't|for|of|has|have|the|in|at|to|from|expired|invalid|unexpected|missing|required|incorrect|failed|denied|unknown|found)\b/i;

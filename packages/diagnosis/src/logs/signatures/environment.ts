import { group, type Signature } from '../signature.ts';

const name = '(?<name>[A-Z][A-Z0-9_]{2,})';

/** Every runtime says in its own words that an environment variable is not set. */
const phrases: readonly [string, RegExp][] = [
  ['shell-parameter', /(?:^|: )(?<name>[A-Za-z_][A-Za-z0-9_]*): (?:parameter (?:null or )?not set|unbound variable)/],
  // `${NAME:?message}`: the shell says the message that the author wrote.
  ['shell-message', /^(?:\S*\bsh|\/\S+)(?:: (?:line )?\d+)?: (?<name>[A-Z][A-Z0-9_]+): \S/],
  [
    'named-variable',
    new RegExp(`(?:env(?:ironment)?(?: |-)?(?:variable|var)?|variable)s?:? ["'\`\\[]?${name}["'\`\\]]?(?: is| was| must| not| \\(|,|:|$).*`, 'i'),
  ],
  [
    'required',
    new RegExp(
      `["'\`]?\\b${name}\\b["'\`]?(?: env(?:ironment)? var(?:iable)?)? (?:is|was|must be|needs to be|are) (?:required|not set|not defined|undefined|missing|unset|empty|set|defined|provided)\\b`,
    ),
  ],
  [
    'missing',
    new RegExp(
      `(?:missing|undefined|unset|required|no|set)(?: required)?(?: (?:env(?:ironment)?|config(?:uration)?))?(?: (?:variable|var|value|setting|key)s?)?(?: for)?:? ["'\`\\[]?${name}\\b`,
      'i',
    ),
  ],
  ['decouple', /UndefinedValueError: (?<name>[A-Z][A-Z0-9_]+) not found/],
  ['fetch-env', /could not fetch environment variable "(?<name>[A-Z][A-Z0-9_]+)"/],
  ['undefined-key', /Undefined (?:array key|index):? "?(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)/],
  ['spring-placeholder', /Could not resolve placeholder '(?<name>[A-Z][A-Z0-9_]+)'/],
  ['ruby-fetch', /key not found: "(?<name>[A-Z][A-Z0-9_]+)"/],
];

const saysAbsent =
  /not set|unset|missing|required|undefined|not defined|must be (?:set|defined|provided)|not found|is empty|unbound|not provided|needs? to be set/i;
/** Texts that say it by their form. */
const bySignature: ReadonlySet<string> = new Set(['ruby-fetch', 'spring-placeholder', 'fetch-env', 'undefined-key']);
const upperCase = /^[A-Z][A-Z0-9_]*$/;
/** Words in capitals that are levels or codes and never variables. */
const notVariables = new Set([
  'ERROR',
  'WARN',
  'WARNING',
  'INFO',
  'FATAL',
  'DEBUG',
  'HTTP',
  'HTTPS',
  'TLS',
  'SSL',
  'DNS',
  'TCP',
  'UDP',
  'JSON',
  'YAML',
  'SQL',
  'API',
  'GET',
  'POST',
  'PUT',
  'URL',
  'NULL',
  'EOF',
]);

export const environmentSignatures: readonly Signature[] = [
  {
    id: 'python-key-error',
    pattern: /^KeyError: '(?<name>[A-Za-z_][A-Za-z0-9_]*)'$/,
    read(match, { lines, index }) {
      const variable = group(match, 'name');
      const fromEnvironment = lines.slice(Math.max(0, index - 6), index).some((line) => /File ".*\bos(?:\.py)?>?", line|os\.environ|environ\[/.test(line));
      return variable !== null && fromEnvironment ? { kind: 'env-missing', name: variable } : null;
    },
  },
  {
    id: 'pydantic',
    pattern: /^\s+Field required \[type=missing/,
    read(_match, { lines, index }) {
      const settings = lines.slice(Math.max(0, index - 12), index).some((line) => /validation errors? for \w*(?:Settings|Config|Env)/.test(line));
      const field = /^([A-Za-z_]\w*)$/.exec(lines[index - 1]?.trim() ?? '')?.[1];
      return settings && field !== undefined ? { kind: 'env-missing', name: field.toUpperCase() } : null;
    },
  },
  {
    id: 'listed',
    pattern: /^\s+["']?(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)["']?(?::.*)?$/,
    read(match, { lines, index }) {
      const heading = lines
        .slice(Math.max(0, index - 6), index)
        .some((line) =>
          /(?:missing|not present|not set|required|undefined)[^\n]*(?:env|variable)[^\n]*:?\s*$|(?:env|variable)s?[^\n]*(?:missing|not present|not set|required)[^\n]*:\s*$/i.test(
            line,
          ),
        );
      const variable = group(match, 'name');
      return heading && variable !== null ? { kind: 'env-missing', name: variable } : null;
    },
  },
  ...phrases.map(
    ([id, pattern]): Signature => ({
      id,
      pattern,
      read(match) {
        const variable = group(match, 'name');
        if (variable === null || notVariables.has(variable)) return null;
        if (id === 'shell-parameter') return { kind: 'env-missing', name: variable };
        const absent = saysAbsent.test(match.input) || bySignature.has(id);
        return absent && upperCase.test(variable) && (variable.includes('_') || id === 'shell-message' || /env|variable/i.test(match.input))
          ? { kind: 'env-missing', name: variable }
          : null;
      },
    }),
  ),
];

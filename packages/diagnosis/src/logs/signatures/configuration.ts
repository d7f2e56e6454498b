import { group, numberGroup, type Signature } from '../signature.ts';

function syntax(id: string, pattern: RegExp): Signature {
  return {
    id,
    pattern,
    read: (match) => ({
      kind: 'config-syntax',
      file: group(match, 'file'),
      line: numberGroup(match, 'line'),
      token: group(match, 'token') ?? /["']([^"']+)["']/.exec(group(match, 'detail') ?? '')?.[1] ?? null,
      detail: (group(match, 'detail') ?? match[0]).trim(),
    }),
  };
}

/** How servers and parsers say that they cannot read their configuration. */
export const configurationSignatures: readonly Signature[] = [
  syntax('nginx', /\[emerg\][^\n]*?: (?<detail>(?!host not found|bind\(\)|open\(\)|cannot load|still could not)[^\n]*?) in (?<file>\/\S+):(?<line>\d+)/),
  syntax('apache', /Syntax error on line (?<line>\d+) of (?<file>\S+?):(?<detail>[^\n]*)/),
  syntax('haproxy', /\[ALERT\][^\n]*?\[(?<file>\/[^:\]]+):(?<line>\d+)\] ?: (?<detail>[^\n]*?(?:'(?<token>[^']*)')[^\n]*)/),
  {
    id: 'redis',
    pattern: /^(?<detail>Bad directive or wrong number of arguments|Unknown config(?:uration)? (?:directive|parameter)|.*(?:argument must be|Invalid .*))/,
    read(match, { lines, index }) {
      const directive = /^>>> '(.*)'$/.exec(lines[index - 1] ?? '')?.[1];
      if (directive === undefined) return null;
      const line = /at line (\d+)/.exec(lines[index - 2] ?? '')?.[1];
      return {
        kind: 'config-syntax',
        file: null,
        line: line === undefined ? null : Number(line),
        token: directive,
        detail: group(match, 'detail') ?? directive,
      };
    },
  },
  syntax('coredns', /^(?:\[\w+\] )?(?<file>\S*Corefile):(?<line>\d+) - Error during parsing: (?<detail>[^\n]*)/),
  syntax('coredns-plugin', /(?<detail>plugin\/\w+: [^\n]*?) at (?<file>\S*Corefile):(?<line>\d+)/),
  syntax('coredns-loop', /(?<detail>plugin\/loop: Loop \([^)]*\) detected for zone "[^"]*")/),
  syntax('postgres', /(?:syntax error in file|unrecognized configuration parameter) "(?<token>[^"]+)"(?: in file "(?<file>[^"]+)")? line (?<line>\d+)/),
  syntax('mysql', /unknown variable '(?<token>[^']+)'/),
  syntax('go-yaml-file', /(?<file>\/\S+\.ya?ml)[^\n]*?(?:yaml|cannot unmarshal|parsing)[^\n]*?(?<detail>line (?<line>\d+): [^\n]+)/i),
  syntax('go-yaml', /(?<detail>yaml: (?:unmarshal errors:)?(?:.*?)line (?<line>\d+): [^\n]+)/),
  syntax('pyyaml', /in "(?<file>\/[^"]+)", line (?<line>\d+), column \d+/),
  syntax('snakeyaml', /in '(?<file>[^']+)', line (?<line>\d+), column \d+/),
  syntax('json-python', /(?<detail>json\.decoder\.JSONDecodeError: [^\n]*line (?<line>\d+) column \d+)/),
  syntax(
    'json-node',
    /(?<file>\/\S+\.json)?:? ?(?<detail>(?:SyntaxError: )?(?:Unexpected token (?<token>\S+)|Unexpected end of|Expected [^\n]+?|Bad control character) [^\n]*in JSON[^\n]*)/,
  ),
  syntax('json-go', /(?<detail>invalid character '(?<token>[^']+)' (?:looking for|after|in)[^\n]*)/),
  syntax('toml', /(?<detail>(?:TOML parse error|toml: |TOMLDecodeError)[^\n]*?(?:line (?<line>\d+))?[^\n]*)/),
  {
    id: 'ini',
    pattern: /(?<detail>(?:configparser\.)?(?:MissingSectionHeaderError|ParsingError|DuplicateOptionError|DuplicateSectionError)[^\n]*)/,
    read(match, { lines, index }) {
      const place = lines.slice(index, index + 3).join(' ');
      const line = /(?:line: |\[line +)(\d+)/.exec(place)?.[1];
      return {
        kind: 'config-syntax',
        file: /(?:file: |from |reading )'([^']+)'/.exec(place)?.[1] ?? null,
        line: line === undefined ? null : Number(line),
        token: null,
        detail: group(match, 'detail') ?? match[0],
      };
    },
  },
  syntax(
    'prometheus',
    /(?:Error loading config|couldn't load configuration)[^\n]*?(?:\(?-?-?config\.file=\\?"?(?<file>\/[^"\\)]+))?[^\n]*?(?:line (?<line>\d+): (?<detail>[^"\\\n]+))/,
  ),
  syntax(
    'invalid-configuration',
    /(?<detail>(?:invalid|unknown|unsupported|unrecognized|bad) (?:config(?:uration)?|setting|option|directive|key|property|value for)[: ]+["'`]?(?<token>[\w.-]+)["'`]?[^\n]*?(?: in (?<file>\/[^\s:]+)(?::(?<line>\d+))?))/i,
  ),
];

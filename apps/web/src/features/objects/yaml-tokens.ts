export interface YamlToken {
  kind: 'key' | 'string' | 'number' | 'word' | 'comment' | 'mark' | 'plain';
  text: string;
}

export interface YamlLine {
  /** In characters. */
  indent: number;
  tokens: YamlToken[];
}

const entry = /^(\s*(?:- )*)((?:"[^"]*"|'[^']*'|[^\s:#'"][^:]*?):(?=\s|$))?(.*)$/;

/** A text that goes on over the following, deeper lines: `key: |`, `- >-`. */
const blockStart = /(?:^|[\s:-])[|>][+-]?\d?\s*$/;

/** YAML in coloured pieces. Plain on purpose: it tells keys from values, it does not parse. */
export function yamlLines(yaml: string): YamlLine[] {
  let blockIndent: number | null = null;
  return yaml
    .replace(/\n$/, '')
    .split('\n')
    .map((text) => {
      const indent = text.length - text.trimStart().length;
      if (blockIndent !== null && (text.trim() === '' || indent > blockIndent)) return { indent, tokens: [{ kind: 'plain', text }] };
      blockIndent = blockStart.test(text) ? indent : null;
      return { indent, tokens: yamlTokens(text) };
    });
}

function yamlTokens(text: string): YamlToken[] {
  const [, indent = '', key = '', rest = ''] = entry.exec(text) ?? ['', '', '', text];
  const tokens: YamlToken[] = [
    { kind: 'mark', text: indent },
    { kind: 'key', text: key },
    { kind: valueKind(rest.trim()), text: rest },
  ];
  return tokens.filter((token) => token.text !== '');
}

function valueKind(value: string): YamlToken['kind'] {
  if (value.startsWith('#')) return 'comment';
  if (/^["']/.test(value)) return 'string';
  if (/^-?\d+(\.\d+)?$/.test(value)) return 'number';
  return /^(true|false|null|~|\{\}|\[\])$/.test(value) ? 'word' : 'plain';
}

export interface YamlToken {
  kind: 'key' | 'string' | 'number' | 'word' | 'comment' | 'mark' | 'plain';
  text: string;
}

const line = /^(\s*(?:- )*)((?:"[^"]*"|'[^']*'|[^\s:#'"][^:]*?):(?=\s|$))?(.*)$/;

/** One line of YAML in coloured pieces. Plain on purpose: it tells keys from values, it does not parse. */
export function yamlTokens(text: string): YamlToken[] {
  const match = line.exec(text);
  const [, indent = '', key = '', rest = ''] = match ?? ['', '', '', text];
  const tokens: YamlToken[] = [];
  if (indent !== '') tokens.push({ kind: 'mark', text: indent });
  if (key !== '') tokens.push({ kind: 'key', text: key });
  if (rest !== '') tokens.push({ kind: valueKind(rest.trim()), text: rest });
  return tokens;
}

function valueKind(value: string): YamlToken['kind'] {
  if (value.startsWith('#')) return 'comment';
  if (/^["']/.test(value)) return 'string';
  if (/^-?\d+(\.\d+)?$/.test(value)) return 'number';
  return /^(true|false|null|~|\{\}|\[\])$/.test(value) ? 'word' : 'plain';
}

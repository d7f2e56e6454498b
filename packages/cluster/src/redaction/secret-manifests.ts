import type { Hide } from './named-secrets.ts';

const secretKind = /\bkind\\*["']?\s*:\s*\\*["']?Secret(?:List)?\b/;

/** A text without the data of the Secrets in it, be it YAML, JSON, or JSON inside another text. Names of keys stay. */
export function hideSecretData(text: string, hide: Hide): string {
  if (!secretKind.test(text)) return text;
  const documents = text.split(/^(?=---\s*$)/m);
  return documents.map((document) => (secretKind.test(document) ? hideYaml(hideJson(document, hide), hide) : document)).join('');
}

const jsonMap = /(\\*"(?:data|stringData)\\*"\s*:\s*)(\{[^{}]*\}|\{\s*(?:"(?:[^"\\]|\\.)*"\s*:\s*"(?:[^"\\]|\\.)*"\s*,?\s*)+\})/g;
const jsonValues = /("(?:[^"\\]|\\.)*"\s*:\s*)(")((?:[^"\\]|\\.)+)"/g;
/** The same inside another text. */
const innerValues = /(\\+"[^"\\]*\\+"\s*:\s*)(\\+")([^"\\][^"]*?)\\+"/g;

function hideJson(text: string, hide: Hide): string {
  return text.replace(jsonMap, (_match, before: string, map: string) => {
    const values = /^\{\s*\\/.test(map) ? innerValues : jsonValues;
    return `${before}${map.replace(values, (_pair, key: string, mark: string, value: string) => `${key}${mark}${hide(value)}${mark}`)}`;
  });
}

/** Every line that lies deeper than `data:` is of it; a value may go over several. */
function hideYaml(text: string, hide: Hide): string {
  const data = new DataLines(hide);
  return text
    .split(/(?<=\n)/)
    .map((line) => data.next(line))
    .join('');
}

const dataLine = /^[ \t]*(?:- )?(?=(?:data|stringData):[ \t]*\n)/;
const entry = /^(\s*[^:\n]+:[ \t]*)([^\n]*)(\n?)$/;

/** Takes the lines of a manifest one after the other, and knows which lie below `data:`. */
class DataLines {
  private readonly hide: Hide;
  /** How deep `data:` and the keys below it stand; null outside. */
  private data: number | null = null;
  private keys: number | null = null;

  constructor(hide: Hide) {
    this.hide = hide;
  }

  next(line: string): string {
    const depth = line.search(/\S/);
    if (this.data !== null && depth > this.data) return this.entry(line, depth);
    if (depth < 0) return this.data === null ? line : '';
    this.data = dataLine.exec(line)?.[0].length ?? null;
    this.keys = null;
    return line;
  }

  private entry(line: string, depth: number): string {
    this.keys ??= depth;
    const [, key = '', value = '', end = ''] = entry.exec(line) ?? [];
    // Deeper than the keys are the further lines of a value.
    if (depth > this.keys || key === '') return '';
    return value === '' || value === '""' ? line : `${key}${this.hide(value.replace(/^["']|["']$/g, ''))}${end}`;
  }
}

/** The names under which loggers write the message of a line. */
const messageNames = ['msg', 'message', 'log', 'event', '@message', 'short_message', 'body'];

export interface LogFields {
  /** What the line says; empty where no field is known to hold it. */
  message: string;
  /** All fields but the message, as they came. */
  fields: Record<string, unknown>;
}

/** The fields of a line that is one JSON object, or logfmt with a message; null for any other line. */
export function logFields(text: string): LogFields | null {
  const trimmed = text.trim();
  const parsed = trimmed.startsWith('{') && trimmed.endsWith('}') ? parseObject(trimmed) : parseLogfmt(trimmed);
  if (parsed === null) return null;
  const name = messageNames.find((candidate) => typeof parsed[candidate] === 'string');
  if (name === undefined) return { message: '', fields: parsed };
  const { [name]: message, ...fields } = parsed;
  return { message: String(message), fields };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

const pair = /(?:^|\s)([A-Za-z_][\w.-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g;

/** `level=info msg="slow call" ms=812`: at least two pairs, one of which is the message. */
function parseLogfmt(text: string): Record<string, unknown> | null {
  if (!/(?:^|\s)(?:msg|message)=/.test(text)) return null;
  const pairs = [...text.matchAll(pair)].map(([, name = '', quoted, bare = '']): [string, string] => [name, quoted === undefined ? bare : unescaped(quoted)]);
  return pairs.length < 2 ? null : Object.fromEntries(pairs);
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_whole, character: string) => (character === 'n' ? '\n' : character === 't' ? '\t' : character));
}

/** A structured log line in plain words: its message and error first, then the lines of a stack trace that it carries. */
export interface PlainLines {
  /** In lower case; null where the line does not say. */
  level: string | null;
  lines: string[];
}

type Fields = ReadonlyMap<string, string>;

const messageKeys = ['msg', 'message', 'event', 'log', 'text', 'short_message', 'title'];
const errorKeys = [
  'err',
  'error',
  'exception',
  'error.message',
  'err.message',
  'exception.message',
  'error.msg',
  'cause',
  'reason',
  'detail',
  'details',
  'exception.type',
  'error.type',
  'error.code',
];
const stackKeys = [
  'stack',
  'stacktrace',
  'stack_trace',
  'stackTrace',
  'err.stack',
  'error.stack',
  'error.stack_trace',
  'exception.stacktrace',
  'exc_info',
  'exception.stack_trace',
  'traceback',
  'full_message',
];
/** What a message leaves to the fields beside it: whom it called, which file. */
const placeKeys = [
  'host',
  'hostname',
  'addr',
  'address',
  'url',
  'uri',
  'target',
  'upstream',
  'server',
  'endpoint',
  'broker',
  'port',
  'user',
  'path',
  'file',
  'status',
  'topic',
  'partition',
  'offset',
];

/** Reads JSON (one object a line), logfmt and the Kubernetes components' own form; null for a line of free text. */
export function plainLines(text: string): PlainLines | null {
  const fields = jsonFields(text) ?? logfmtFields(text) ?? klogFields(text);
  if (fields === null) return null;
  const message = firstOf(fields, messageKeys);
  const errors = [...new Set(errorKeys.flatMap((key) => fields.get(key) ?? []))].filter((error) => error !== message);
  const stack = stackKeys.flatMap((key) => fields.get(key) ?? []).find((value) => value.includes('\n')) ?? null;
  const [head = '', ...more] = [message, ...errors]
    .filter((part) => part !== null && part !== '')
    .join(': ')
    .split('\n');
  const lines = [`${head}${placesOf(fields, head)}`, ...more, ...(stack?.split('\n') ?? [])].filter((line) => line.trim() !== '');
  return lines.length === 0
    ? null
    : { level: firstOf(fields, ['level', 'lvl', 'severity', 'log.level', 'levelname', 'loglevel'])?.toLowerCase() ?? null, lines };
}

function firstOf(fields: Fields, keys: readonly string[]): string | null {
  return keys.map((key) => fields.get(key)).find((value) => value !== undefined && value !== '') ?? null;
}

/** ` (db:5432)` and the like, for what the message itself does not say. */
function placesOf(fields: Fields, message: string): string {
  const host = firstOf(fields, ['host', 'hostname', 'addr', 'address', 'server']);
  const port = fields.get('port');
  const pair = host !== null && port !== undefined && !host.includes(':') ? [`${host}:${port}`] : [];
  const others = placeKeys.flatMap((key) => {
    const value = fields.get(key);
    return value === undefined || message.includes(value) || (pair.length > 0 && (value === host || value === port)) ? [] : [`${key}=${value}`];
  });
  const places = [...pair.filter((text) => !message.includes(text)), ...others];
  return places.length === 0 ? '' : ` (${places.join(', ')})`;
}

const longestValue = 8000;

function jsonFields(text: string): Fields | null {
  const start = text.trimStart();
  if (!start.startsWith('{') || !start.trimEnd().endsWith('}')) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(start);
  } catch {
    return null;
  }
  const fields = new Map(flattened(parsed, '', 0));
  // MongoDB's own log, in which it reports what it refused its clients, is judged as it stands.
  return fields.has('ctx') && fields.has('c') ? null : fields;
}

function* flattened(value: unknown, prefix: string, depth: number): Iterable<[string, string]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof inner === 'string') yield [name, inner.slice(0, longestValue)];
    else if (typeof inner === 'number' || typeof inner === 'boolean') yield [name, String(inner)];
    else if (depth < 2 && !Array.isArray(inner)) yield* flattened(inner, name, depth + 1);
  }
}

const pair = /(?:^|\s)([A-Za-z_][\w.-]*)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g;

function logfmtFields(text: string): Fields | null {
  if (!/(?:^|\s)(?:msg|message|err|error)=/.test(text) || !/(?:^|\s)(?:level|lvl|severity|ts|time|caller)=/.test(text)) return null;
  return pairsOf(text);
}

function pairsOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(pair)].map(([, key = '', quoted, bare]) => [key, quoted === undefined ? (bare ?? '') : unescaped(quoted)]));
}

const klogLevels: Readonly<Record<string, string>> = { I: 'info', W: 'warning', E: 'error', F: 'fatal' };

/** `E0504 12:00:00.000000       1 main.go:42] "Failed to list" err="…"`. */
function klogFields(text: string): Fields | null {
  const match = /^([IWEF])\d{4} [\d:.]+\s+\d+ [^\s\]]+\] (.*)$/.exec(text);
  if (match === null) return null;
  const rest = match[2] ?? '';
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1];
  return new Map([
    ...(quoted === undefined ? [] : pairsOf(rest)),
    ['msg', quoted === undefined ? rest : unescaped(quoted)],
    ['level', klogLevels[match[1] ?? ''] ?? 'info'],
  ]);
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(["\\nt])/g, (_whole, character: string) => (character === 'n' ? '\n' : character === 't' ? '\t' : character));
}

/** The names under which loggers write the message of a line. */
const messageNames = ['msg', 'message', 'log', 'event', '@message', 'short_message', 'body'];

export interface LogFields {
  /** What the line says; empty where no field is known to hold it. */
  message: string;
  /** All fields but the message, as they came. */
  fields: Record<string, unknown>;
}

/** The fields of a line that is one JSON object; null for any other line. */
export function logFields(text: string): LogFields | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return null;
  const parsed = parseObject(trimmed);
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

export interface MarkedText {
  before: string;
  value: string;
  after: string;
}

/** What is longer than this is a sentence of its own; marking it would mark nothing. */
const longestMark = 60;

/** Where the decisive value stands inside its sentence: as a word of its own if it does so anywhere. Null: nothing to mark. */
export function markValue(text: string, value: string | null): MarkedText | null {
  if (value === null || value === '' || value === text || value.length > longestMark) return null;
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const whole = new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`).exec(text);
  const at = whole?.index ?? text.indexOf(value);
  return at < 0 ? null : { before: text.slice(0, at), value, after: text.slice(at + value.length) };
}

/** What a provider sent, parsed; null for what is no JSON, which no answer of theirs is. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

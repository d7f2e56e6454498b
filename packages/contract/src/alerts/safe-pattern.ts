/** A group that is repeated and repeats something inside, and back-references: what makes matching take exponential time. */
const nested = /\((?:[^()\\]|\\.)*(?:[*+]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)\s*(?:[*+]|\{)/;
const alternated = /\((?:[^()\\]|\\.)*\|(?:[^()\\]|\\.)*\)\s*(?:[*+]|\{\d+,)/;
const backReference = /\\[1-9]|\\k</;

/** Whether a text is a regular expression that takes linear time, as far as its form tells. Deeper nesting of groups is refused. */
export function isSafePattern(text: string): boolean {
  if (nested.test(text) || alternated.test(text) || backReference.test(text) || /\([^()]*\([^()]*\([^()]*\(/.test(text)) return false;
  if (/\)\s*(?:[*+]|\{)/.test(text) && /\([^()]*\(/.test(text)) return false;
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false; // That is the answer.
  }
}

/** Deeper than any manifest: what nests further is meant to exhaust whoever walks it. */
export const deepestJson = 100;

/** What counts: brackets, and what tells that they are part of a string. Each match is one or two characters, so no text makes this go back. */
const token = /\\.|["[\]{}]/gs;

/** How deep objects and arrays of a JSON text are nested, found without reading it, in one pass over whatever it is. Only right for what is JSON. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (const [found] of text.matchAll(token)) {
    if (found === '"') inString = !inString;
    else if (inString) continue;
    else if (found === '{' || found === '[') deepest = Math.max(deepest, ++depth);
    else if (found === '}' || found === ']') depth -= 1;
  }
  return deepest;
}

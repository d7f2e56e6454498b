/** Deeper than any manifest: what nests further is meant to exhaust whoever walks it. */
export const deepestJson = 100;

/** A whole string, so that brackets in it do not count; or one bracket. */
const token = /"(?:\\.|[^"\\])*"|[[\]{}]/gs;

/** How deep objects and arrays of a JSON text are nested, found without reading it. Only right for what is JSON. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [found] of text.matchAll(token)) {
    if (found === '{' || found === '[') deepest = Math.max(deepest, ++depth);
    else if (found === '}' || found === ']') depth -= 1;
  }
  return deepest;
}

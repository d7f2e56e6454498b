/** The page's word for an id of the server; the id itself where the page has none yet. */
export function wordOf(words: Readonly<Record<string, string>>, id: string): string {
  return words[id] ?? id;
}

/** A heading with what stands under it; nothing where that is empty. */
export function markdownSection(title: string, body: string): string {
  return body === '' ? '' : `### ${title}\n\n${body}`;
}

export function markdownList(items: readonly string[]): string {
  return items.map((item) => `- ${oneLine(item)}`).join('\n');
}

export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

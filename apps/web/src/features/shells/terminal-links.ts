/** Where a link of a program's output leads; null for anything but the web. */
export function webAddress(text: string): string | null {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? url.href : null;
}

/** Opened with Ctrl or ⌘ alone: a click in a terminal selects. The page that opens knows nothing of this one. */
export function openLink(event: MouseEvent, text: string): void {
  const address = webAddress(text);
  if (address !== null && (event.ctrlKey || event.metaKey)) window.open(address, '_blank', 'noopener,noreferrer');
}

import type { ILink, ILinkProvider, Terminal } from '@xterm/xterm';

/** Where a link of a program's output leads; null for anything but the web. */
export function webAddress(text: string): string | null {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? url.href : null;
}

/** Opened with Ctrl or ⌘ alone: a click in a terminal selects. */
export function isOpening(event: Pick<MouseEvent, 'ctrlKey' | 'metaKey'>): boolean {
  return event.ctrlKey || event.metaKey;
}

/** The page that opens knows nothing of this one. */
export function openAddress(address: string): void {
  window.open(address, '_blank', 'noopener,noreferrer');
}

/** What is found in a line of text and leads somewhere. */
export interface FoundLink {
  /** Of the first character. */
  index: number;
  text: string;
  /** What is shown while the pointer is on it. */
  title: string;
  open(): void;
}

/** Finds what leads somewhere in whole lines, those that were wrapped joined. */
export type FindLinks = (line: string) => Promise<readonly FoundLink[]>;

/** Underlines what `find` finds under the pointer. */
export function linkProvider(terminal: Terminal, find: FindLinks, onHover: (title: string) => void): ILinkProvider {
  return {
    provideLinks(row, callback) {
      const { text, first } = logicalLine(terminal, row - 1);
      find(text).then(
        (found) => callback(found.map((link) => linkOf(terminal, first, link, onHover))),
        (thrown: unknown) => {
          console.warn('The links of a line could not be found.', thrown);
          callback(undefined);
        },
      );
    },
  };
}

/** The line with the rows that continue it; `first` is its first row. */
function logicalLine({ buffer, cols }: Terminal, row: number): { text: string; first: number } {
  let first = row;
  while (first > 0 && buffer.active.getLine(first)?.isWrapped === true) first -= 1;
  let text = '';
  for (let at = first; at === first || buffer.active.getLine(at)?.isWrapped === true; at += 1) {
    text += buffer.active.getLine(at)?.translateToString(false, 0, cols) ?? '';
  }
  return { text: text.trimEnd(), first };
}

/** Characters and columns are the same for what names things in a cluster and files; wide ones before it shift the underline alone. */
function linkOf({ cols }: Terminal, first: number, link: FoundLink, onHover: (title: string) => void): ILink {
  const place = (index: number) => ({ x: (index % cols) + 1, y: first + Math.floor(index / cols) + 1 });
  return {
    range: { start: place(link.index), end: place(link.index + link.text.length - 1) },
    text: link.text,
    activate: (event) => {
      if (isOpening(event)) link.open();
    },
    hover: () => onHover(link.title),
    leave: () => onHover(''),
  };
}

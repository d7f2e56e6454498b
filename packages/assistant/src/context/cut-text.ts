import type { CutText } from './cut.ts';

/** The beginning, up to the end of a paragraph, a line or a word. */
export function cutText(text: string, room: number): CutText {
  const note = '\n…';
  const head = text.slice(0, Math.max(0, room - note.length));
  const end = [head.lastIndexOf('\n\n'), head.lastIndexOf('\n'), head.lastIndexOf(' ')].find((place) => place > head.length * 0.6) ?? head.length;
  const kept = `${head.slice(0, end).trimEnd()}${note}`;
  return { text: kept.length > room ? '' : kept, left: `the last ${text.length - end} of ${text.length} characters` };
}

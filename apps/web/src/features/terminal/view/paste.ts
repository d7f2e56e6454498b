/** Lines that a program which knows of pasting gets without a question. */
const unquestionedLines = 5;

export interface PasteQuestion {
  text: string;
  lines: number;
  /** Each line is run as it arrives: the program does not know that it is pasted. */
  runsAtOnce: boolean;
  /** There were characters that command the terminal; they were taken out. */
  cleaned: boolean;
}

/** What is pasted may bring what ends the pasting, or other commands to the terminal: none of them goes to the program. */
export function cleanPaste(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out.
  return text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]/g, '');
}

/** What has to be asked before a text is pasted; null where there is nothing to ask. `bracketed`: the program knows what is pasted. */
export function questionOfPaste(pasted: string, bracketed: boolean): PasteQuestion | null {
  const text = cleanPaste(pasted);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const cleaned = text !== pasted.replace(/\r\n?/g, '\n');
  const runsAtOnce = !bracketed && text.includes('\n');
  return runsAtOnce || cleaned || lines > unquestionedLines ? { text, lines, runsAtOnce, cleaned } : null;
}

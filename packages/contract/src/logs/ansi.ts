const start = String.fromCharCode(0x1b);

/** What programs write to colour a terminal or to move in it: CSI and OSC sequences, and the short ones. */
const sequence = new RegExp(`${start}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${start}\\u0007]*(?:\\u0007|${start}\\\\)?|[@-Z\\\\^_=>78])`, 'g');

/** The text as it is read, without what was meant for a terminal. */
export function withoutAnsi(text: string): string {
  return text.includes(start) ? text.replace(sequence, '') : text;
}

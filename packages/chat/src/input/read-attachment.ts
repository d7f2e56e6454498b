import { type Attachment, longestAttachedText } from '@quarterdeck/contract';

type TextAttachment = Extract<Attachment, { type: 'text' }>;

/** Pasted text longer than this is laid beside the question and not into it. */
const longestPasted = 3_000;
const mostPastedLines = 40;
/** All that is sent with one question, in bytes: what a server takes has an end. */
export const mostBytes = 900_000;

export function isLongPaste(text: string): boolean {
  return text.length > longestPasted || text.split('\n', mostPastedLines + 1).length > mostPastedLines;
}

/** A text as an attachment; of one that is too long its end, where logs say what happened last. */
export function textAttachment(name: string, text: string): { attachment: TextAttachment; cut: boolean } {
  const cut = text.length > longestAttachedText;
  const kept = cut ? text.slice(text.indexOf('\n', text.length - longestAttachedText) + 1).slice(-longestAttachedText) : text;
  return { attachment: { type: 'text', name: name.slice(0, 300), form: formOf(name, kept), text: kept }, cut };
}

/** How a text reads: what begins with times is a log, what has `apiVersion` is YAML. */
export function formOf(name: string, text: string): TextAttachment['form'] {
  if (/\.log$/i.test(name)) return 'log';
  if (/\.ya?ml$/i.test(name) || /^apiVersion: /m.test(text)) return 'yaml';
  const lines = text.split('\n', 20).filter((line) => line.trim() !== '');
  const timed = lines.filter((line) => /^\W?(?:\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|\w{3} +\d+ \d\d:\d\d|[IWEF]\d{4} |\{"(?:ts|time|level)")/.test(line));
  return lines.length > 0 && timed.length * 2 >= lines.length ? 'log' : 'text';
}

/** Null for what is no text. */
export async function fileAttachment(file: File): Promise<{ attachment: TextAttachment; cut: boolean } | null> {
  const text = await file.slice(-4 * longestAttachedText).text();
  if (text.trim() === '' || text.slice(0, 8_000).includes('\u0000') || /\ufffd{2}/.test(text.slice(0, 8_000))) return null;
  return textAttachment(file.name, text);
}

export function bytesOf(attachments: readonly Attachment[]): number {
  return new TextEncoder().encode(JSON.stringify(attachments)).length;
}

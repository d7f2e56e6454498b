import { stripVTControlCharacters } from 'node:util';
import { redacted, redactText } from '../redaction/redact-text.ts';

const maxLines = 12;
const maxCharacters = 2_000;
const maxSentence = 400;
/** How Go programs begin a line: `F1121 13:27:26.316425   14412 cred.go:145] `. */
const klogHeader = /^[IWEF]\d{4} [\d:.]+\s+\d+ \S+\] /;

/** A certificate is no secret, but nothing that a person reads either. */
const pemBlocks = /-----BEGIN [\w ]+-----[\s\S]*?(?:-----END [\w ]+-----|$)/g;

/** Whether the value of a variable is kept out of messages. */
export function hidesValue(name: string): boolean {
  return /token|secret|password|key/i.test(name);
}

/** The last lines that a plug-in wrote for people, without what looks like a credential and without `known` ones. */
export function lastLines(stderr: string, known: readonly string[] = []): string {
  let text = stripVTControlCharacters(stderr);
  for (const secret of known) if (secret.length >= 4) text = text.replaceAll(secret, redacted);
  const lines = redactText(text.replace(pemBlocks, redacted))
    .split(/\r?\n/)
    .map((line) => line.replace(/\p{Cc}/gu, ' ').trimEnd());
  return lines
    .filter((line) => line !== '')
    .slice(-maxLines)
    .join('\n')
    .slice(-maxCharacters);
}

/** The last of them that says what went wrong, as the end of a sentence; empty where there is none. Usage and advice often follow it. */
export function lastSentence(lines: string): string {
  const said = lines.split('\n').filter((line) => /\p{L}/u.test(line));
  const error = said.findLast((line) => /\b(?:error|fatal|failed|expired|denied)\b/i.test(line)) ?? said.at(-1) ?? '';
  const plain = error.replace(klogHeader, '').trim();
  const short = plain.length > maxSentence ? `${plain.slice(0, maxSentence)}…` : plain;
  return short === '' ? '' : `: ${short.replace(/[.:]$/, '')}`;
}

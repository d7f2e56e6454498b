import { stripVTControlCharacters } from 'node:util';

const maxLines = 12;
const maxCharacters = 2_000;
const maxSentence = 300;

/** Tokens as their makers mark them: JWTs, those of EKS and of Google, GitHub's, PEM blocks. */
const secrets = [
  /-----BEGIN [\w ]+-----[\s\S]*?(?:-----END [\w ]+-----|$)/g,
  /\beyJ[\w-]+\.[\w.-]*/g,
  /\bk8s-aws-v1\.[\w-]+/g,
  /\bya29\.[\w.-]+/g,
  /\bgh[opsu]_\w+/g,
  /\b(bearer|basic|authorization:?|(?:[\w-]*(?:token|secret|password))["']?\s*[=:])(\s*)["']?[\w.~+/=-]{16,}/gi,
];

/** The last lines that a plug-in wrote for people, without what looks like a credential and without `known` ones. */
export function lastLines(stderr: string, known: readonly string[] = []): string {
  let text = stripVTControlCharacters(stderr);
  for (const secret of known) if (secret.length >= 4) text = text.replaceAll(secret, '[hidden]');
  for (const pattern of secrets) text = text.replace(pattern, (_: string, label: unknown) => (typeof label === 'string' ? `${label} [hidden]` : '[hidden]'));
  const lines = text.split(/\r?\n/).map((line) => line.replace(/\p{Cc}/gu, ' ').trimEnd());
  return lines
    .filter((line) => line !== '')
    .slice(-maxLines)
    .join('\n')
    .slice(-maxCharacters);
}

/** The last line of them, as the end of a sentence; empty where there is none. */
export function lastSentence(lines: string): string {
  const last = lines.split('\n').at(-1)?.trim() ?? '';
  const short = last.length > maxSentence ? `${last.slice(0, maxSentence)}…` : last;
  return short === '' ? '' : `: ${short.replace(/[.:]$/, '')}`;
}

import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';

/** What a shell tells of itself in the stream. `authentic`: with the secret of the session, so no program that merely writes said it. */
export type ShellMark = { authentic: boolean } & (
  | { type: 'prompt' }
  | { type: 'input' }
  /** `command` is empty where the shell does not know it: then the screen is all there is. */
  | { type: 'command'; command: string }
  | { type: 'output' }
  /** `exit` is null where nothing ran: an empty line, a line that was given up. */
  | { type: 'done'; exit: number | null }
  | { type: 'cwd'; cwd: string }
  | { type: 'kubeconfig'; value: string }
);

/** Longer than any path and any command that a person reads. Characters. */
const longestCommand = 16_384;
const longestPath = 4096;

/**
 * Reads an operating system command: 133 (FinalTerm), 633 (its extension by Visual Studio Code), 7 and 9;9 and
 * 1337;CurrentDir (where the shell is). Null for any other, and for one that is malformed.
 */
export function shellMark(code: number, data: string, secret: string): ShellMark | null {
  if (code === 133) return promptMark(data, secret);
  if (code === 633) return extendedMark(data, secret);
  const cwd = placeOf(code, data);
  return cwd === null || !isPath(cwd) ? null : { type: 'cwd', cwd, authentic: false };
}

function promptMark(data: string, secret: string): ShellMark | null {
  const [letter, ...parameters] = data.split(';');
  const authentic = secret !== '' && parameters.at(-1) === `qd=${secret}`;
  switch (letter) {
    case 'A':
      return { type: 'prompt', authentic };
    case 'B':
      return { type: 'input', authentic };
    case 'C':
      return { type: 'output', authentic };
    case 'D':
      return { type: 'done', exit: exitOf(parameters[0]), authentic };
    default:
      return null;
  }
}

function exitOf(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,10}$/.test(text) ? Number(text) : null;
}

function extendedMark(data: string, secret: string): ShellMark | null {
  const [letter, value, given] = data.split(';');
  const authentic = secret !== '' && given === secret;
  if (letter === 'E' && value !== undefined) return { type: 'command', command: unescaped(value).slice(0, longestCommand), authentic };
  if (letter === 'P' && value?.startsWith('Cwd=') === true) {
    const cwd = unescaped(value.slice('Cwd='.length));
    return isPath(cwd) ? { type: 'cwd', cwd, authentic } : null;
  }
  if (letter === 'P' && value?.startsWith('Kubeconfig=') === true)
    return { type: 'kubeconfig', value: unescaped(value.slice('Kubeconfig='.length)), authentic };
  return data === value || letter === undefined || !/^[ABCD]$/.test(letter) ? null : promptMark(data, secret);
}

/** `\\` and `\x3b` as the scripts write them. */
function unescaped(text: string): string {
  return text.replace(/\\(?:\\|x([\da-fA-F]{2}))/g, (_all, code: string | undefined) =>
    code === undefined ? '\\' : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function placeOf(code: number, data: string): string | null {
  if (code === 9 && data.startsWith('9;')) return data.slice(2).replace(/^"|"$/g, '');
  if (code === 1337 && data.startsWith('CurrentDir=')) return data.slice('CurrentDir='.length);
  return code === 7 ? localPath(data) : null;
}

/** Of `file://HOST/PATH`; null for a place on another machine. */
function localPath(data: string): string | null {
  const url = URL.parse(data);
  if (url?.protocol !== 'file:' || !['', 'localhost', hostname().toLowerCase()].includes(url.hostname.toLowerCase())) return null;
  try {
    url.hostname = '';
    return fileURLToPath(url);
  } catch {
    return null; // An encoded slash, or a path of another system.
  }
}

function isPath(text: string): boolean {
  return text.startsWith('/') && text.length <= longestPath && !text.includes('\0');
}

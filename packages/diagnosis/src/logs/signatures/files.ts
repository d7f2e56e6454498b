import { group, type Signature } from '../signature.ts';

const path = '(?<path>/[^\\s"\'`:,;()]+)';

function missing(id: string, pattern: RegExp): Signature {
  return {
    id,
    pattern,
    read(match) {
      const file = group(match, 'path');
      return file === null ? null : { kind: 'file-missing', path: file };
    },
  };
}

export const fileSignatures: readonly Signature[] = [
  missing(
    'no-such-file-after',
    new RegExp(
      `(?:no such file or directory|ENOENT|NoSuchFileException|FileNotFoundException|Could not find file|cannot find the (?:file|path))[^/]*${path}`,
      'i',
    ),
  ),
  missing('no-such-file-before', new RegExp(`${path}["'\`)]?(?: failed)?(?::| \\()\\s*(?:open: )?(?:\\(?2: )?(?:no such file|not found|does not exist)`, 'i')),
  missing(
    'file-does-not-exist',
    new RegExp(`(?:file|config(?:uration)?|path)[^/\\n]{0,40}${path}["'\`]? (?:does not exist|not found|is missing|was not found)`, 'i'),
  ),
  missing('cannot-open', new RegExp(`can(?:not|'t) (?:open|stat|access|load|read)[^/\\n]{0,20}${path}["'\`]?(?:: no such file.*)?$`, 'i')),
  missing(
    'cannot-open-relative',
    /can(?:not|'t) (?:open|find|load|access|execute)(?: file| module)? ["'`]?(?<path>(?:\.{0,2}\/)?[\w.-]+(?:\/[\w.-]+)*\.[a-z]{1,6})["'`]?(?::|$)(?: \[Errno 2\])? ?(?:no such file.*)?$/i,
  ),
  {
    id: 'read-only',
    pattern: /read-only file ?system|EROFS/i,
    read: (match) => ({ kind: 'read-only', path: pathIn(match.input) }),
  },
  {
    id: 'disk-full',
    pattern: /no space left on device|ENOSPC|disk (?:is )?full|could not extend file/i,
    read: (match) => ({ kind: 'disk-full', path: pathIn(match.input) }),
  },
  {
    id: 'permission-denied',
    pattern: /permission denied|EACCES|operation not permitted|AccessDeniedException/i,
    read(match) {
      const line = match.input;
      if (/\(publickey|password authentication/i.test(line)) return null;
      if (!/\bbind(?:ing)?\b|\blisten\b/i.test(line)) return { kind: 'permission-denied', path: pathIn(line) };
      const port = /(?::|port )(\d{1,5})\b/i.exec(line)?.[1];
      return { kind: 'bind-denied', port: port === undefined ? null : Number(port) };
    },
  },
  {
    id: 'module-missing',
    pattern:
      /ModuleNotFoundError: No module named '(?<py>[^']+)'|ImportError: No module named (?<old>\S+)|Cannot find (?:module|package) '(?<js>[^']+)'|cannot load such file -- (?<rb>\S+)|(?:ClassNotFoundException|NoClassDefFoundError): (?<java>\S+)|Could not find or load main class (?<main>\S+)|error while loading shared libraries: (?<so>[^:]+)/,
    read(match) {
      const module = Object.values(match.groups ?? {}).find((value) => value !== undefined);
      return module === undefined ? null : { kind: 'module-missing', module };
    },
  },
  {
    id: 'command-missing',
    pattern:
      /^(?:\/\S*\/)?(?:sh|bash|ash|dash|\/\S+|[\w.-]+\.sh)(?:: line \d+|: \d+)?: (?<command>[\w./-]+): (?:command )?not found$|exec: "?(?<exec>[^"\s:]+)"?: (?:executable file )?not found|env: '?(?<env>[^':]+)'?: No such file/,
    read(match) {
      const command = group(match, 'command') ?? group(match, 'exec') ?? group(match, 'env');
      return command === null ? null : { kind: 'command-missing', command };
    },
  },
  { id: 'exec-format', pattern: /exec format error/i, read: () => ({ kind: 'exec-format' }) },
];

function pathIn(line: string): string | null {
  return /(?:^|[\s"'`(=[:])(\/[^\s"'`:,;()\]]+)/.exec(line)?.[1] ?? null;
}

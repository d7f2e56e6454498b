import { group, type LogContext, type Signature } from '../signature.ts';

const dotted = '[A-Za-z_][\\w$]*(?:[.:]{1,2}[A-Za-z_][\\w$]*)*';

function exception(type: string | null, message: string | null, place: string | null) {
  return type === null ? null : { kind: 'exception' as const, type, message: (message ?? '').trim(), place };
}

/** The nearest line before (or after) that matches, within a stack trace's reach. */
function nearby({ lines, index }: LogContext, pattern: RegExp, step: 1 | -1, reach = 40): RegExpExecArray | null {
  for (let at = index + step, left = reach; left > 0 && at >= 0 && at < lines.length; at += step, left -= 1) {
    const match = pattern.exec(lines[at] ?? '');
    if (match !== null) return match;
  }
  return null;
}

/** Whether the trace goes on to say what this exception was caused by: the last one of a chain tells. */
function wrapsAnother({ lines, index }: LogContext): boolean {
  for (let at = index + 1; at < lines.length && at - index < longestChain; at += 1) {
    const line = lines[at] ?? '';
    if (/^Caused by: /.test(line)) return true;
    if (!/^\s/.test(line)) return false;
  }
  return false;
}

const longestChain = 120;

/** A class of Python: in capitals somewhere, in a module, or named an error; a plain word with a colon is none. */
function isClassName(type: string): boolean {
  return /[A-Z.]|(?:error|exception)$/.test(type);
}

/** A runtime's own report of what it could not handle: with its stack, so that a word alone is never taken for one. */
export const exceptionSignatures: readonly Signature[] = [
  {
    id: 'python',
    pattern: new RegExp(`^(?<type>${dotted})(?:: (?<message>.*))?$`),
    read(match, context) {
      const frame = /^\s+File "(.+)", line (\d+)/.exec(
        context.lines.slice(Math.max(0, context.index - 4), context.index).findLast((line) => /^\s+File "/.test(line)) ?? '',
      );
      const trace = nearby(context, /^Traceback \(most recent call last\):/, -1);
      if (frame === null || trace === null || !isClassName(group(match, 'type') ?? '')) return null;
      return exception(group(match, 'type'), group(match, 'message'), `${frame[1]}:${frame[2]}`);
    },
  },
  {
    id: 'node',
    pattern: /^(?:.*?[\s:>\]])?(?<type>(?:[A-Z]\w*)?(?:Error|Exception))(?: \[[A-Z_]+\])?: (?<message>.*)$/,
    read(match, context) {
      const frame = /^\s+at .*?\(?((?:file:\/\/|node:|\/)?[^\s()]+:\d+:\d+)\)?/.exec(context.lines[context.index + 1] ?? '');
      return frame === null ? null : exception(group(match, 'type'), group(match, 'message'), frame[1] ?? null);
    },
  },
  {
    id: 'java',
    pattern: /^(?:Exception in thread "[^"]*" |Caused by: )?(?<type>(?:[a-z]\w*\.)+[A-Z][\w$]*)(?:: (?<message>.*))?$/,
    read(match, context) {
      const frame = /^\s+at [\w$.<>/]+\(([\w$]+\.(?:java|kt|scala):\d+)\)/.exec(context.lines[context.index + 1] ?? '');
      return frame === null || wrapsAnother(context) ? null : exception(group(match, 'type'), group(match, 'message'), frame[1] ?? null);
    },
  },
  {
    id: 'dotnet',
    pattern: /^Unhandled exception\. (?<type>[A-Z][\w.]+): (?<message>.*)$/,
    read: (match, context) => exception(group(match, 'type'), group(match, 'message'), nearby(context, /^\s+at .* in (\S+:line \d+)/, 1, 10)?.[1] ?? null),
  },
  {
    id: 'dotnet-inner',
    pattern: /^ ---> (?<type>[A-Z][\w.]+): (?<message>.*)$/,
    read: (match, context) => exception(group(match, 'type'), group(match, 'message'), nearby(context, /^\s+at .* in (\S+:line \d+)/, 1, 10)?.[1] ?? null),
  },
  {
    id: 'cpp',
    pattern: /^terminate called after throwing an instance of '(?<type>[^']+)'/,
    read: (match, { lines, index }) => exception(group(match, 'type'), /what\(\):\s*(.*)/.exec(lines[index + 1] ?? '')?.[1] ?? '', null),
  },
  {
    id: 'elixir',
    pattern: /^\*\* \((?<type>[A-Z][\w.]*)\) (?<message>.*)$/,
    read: (match, context) =>
      exception(group(match, 'type'), group(match, 'message'), nearby(context, /^\s+(?:\([^)]*\) )?(\S+\.exs?:\d+)/, 1, 10)?.[1] ?? null),
  },
  {
    id: 'perl',
    pattern: /^(?<message>.+) at (?<place>\S+\.p[lm] line \d+)\.$/,
    read: (match) => exception('die', group(match, 'message'), group(match, 'place')),
  },
  {
    id: 'go',
    pattern: /^(?<type>panic|fatal error): (?<message>.*)$/,
    read(match, context) {
      if (nearby(context, /^goroutine \d+ \[/, 1, 12) === null) return null;
      return exception(group(match, 'type'), group(match, 'message'), nearby(context, /^\s+(\/\S+\.go:\d+)/, 1)?.[1] ?? null);
    },
  },
  {
    id: 'go-recovered',
    pattern: /\bpanic (?:serving [^ ]+|recovered): (?<message>.*)$/i,
    read(match, context) {
      const own = nearby(context, /^\s+((?!\/usr\/local\/go\/|\/root\/go\/|\/go\/pkg\/)\/\S+\.go:\d+)/, 1);
      return nearby(context, /^goroutine \d+ \[/, 1, 12) === null ? null : exception('panic', group(match, 'message'), own?.[1] ?? null);
    },
  },
  {
    id: 'ruby',
    pattern: /^(?<place>\S+\.rb:\d+):in [`'][^']*': (?<message>.*) \((?<type>[A-Z]\w*(?:::\w+)*)\)$/,
    read: (match) => exception(group(match, 'type'), group(match, 'message'), group(match, 'place')),
  },
  {
    id: 'rust',
    pattern: /^thread '[^']*'(?: \(\d+\))? panicked at (?:'(?<message>[^']*)', )?(?<place>\S+:\d+:\d+):?$/,
    read: (match, { lines, index }) => exception('panic', group(match, 'message') ?? lines[index + 1] ?? '', group(match, 'place')),
  },
  {
    id: 'php',
    pattern: /PHP Fatal error: {1,2}(?:Uncaught (?<type>[\w\\]+): )?(?<message>.*) in (?<place>\/\S+(?::\d+| on line \d+))/,
    read: (match) => exception(group(match, 'type') ?? 'Fatal error', group(match, 'message'), group(match, 'place')),
  },
];

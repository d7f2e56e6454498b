import { AppError } from '@quarterdeck/contract/errors';
import type { CommandContext } from '../context.ts';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** How qd writes down what it does. */
export interface LogSettings {
  level: Exclude<LogLevel, 'silent'>;
  /** Null for stderr. */
  file: string | null;
  format: 'text' | 'json';
}

/** Options that every command takes, with the variables that say the same. */
export const logOptions = [
  {
    option: '--log-level',
    variable: 'QUARTERDECK_LOG_LEVEL',
    value: logLevels.join('|'),
    meaning: 'Write down what qd does: its end, with debug each request',
  },
  { option: '--log-file', variable: 'QUARTERDECK_LOG_FILE', value: 'path', meaning: 'Where it is written (default: stderr)' },
  { option: '--log-format', variable: 'QUARTERDECK_LOG_FORMAT', value: 'text|json', meaning: 'How it is written (default: text)' },
] as const;

/** What follows these commands is for other programs. */
const handOn = new Set(['just', 'sandbox', 'exec', 'debug', 'completion']);

/** A command line without the options of the log, and their values by option. Throws VALIDATION_ERROR for one without a value. */
export function takeLogOptions(args: readonly string[]): { line: string[]; flags: Record<string, string> } {
  const line: string[] = [];
  const flags: Record<string, string> = {};
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (word === '--' || (line.length === 0 && handOn.has(word))) return { line: [...line, ...args.slice(i)], flags };
    const taken = logOptions.find(({ option }) => word === option || word.startsWith(`${option}=`));
    if (taken === undefined) {
      line.push(word);
      continue;
    }
    const value = word === taken.option ? args[++i] : word.slice(taken.option.length + 1);
    if (!value) throw new AppError('VALIDATION_ERROR', `${taken.option} needs a value.`, { hint: `Give ${taken.value}.` });
    flags[taken.option] = value;
  }
  return { line, flags };
}

/** What options say, else the environment. Null where nothing is to be written down. */
export function logSettings({ flags = {}, environment }: Pick<CommandContext, 'flags' | 'environment'>): LogSettings | null {
  const [level, file, format] = logOptions.map(({ option, variable }) => flags[option] ?? (environment[variable] || undefined));
  if (level === undefined && file === undefined && format === undefined) return null;
  const chosen = oneOf(logLevels, level ?? 'info', '--log-level');
  return chosen === 'silent' ? null : { level: chosen, file: file ?? null, format: oneOf(['text', 'json'], format ?? 'text', '--log-format') };
}

function oneOf<T extends string>(known: readonly T[], value: string, option: string): T {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw new AppError('VALIDATION_ERROR', `${option} must be one of ${known.join(', ')}.`, {
    hint: 'The variables QUARTERDECK_LOG_… say the same as the options.',
  });
}

import { closeSync, openSync, writeSync } from 'node:fs';
import { AppError } from '@quarterdeck/contract/errors';
import type { CommandContext } from '../context.ts';
import { printable } from '../output/printable.ts';
import { type LogLevel, type LogSettings, logLevels } from './log-options.ts';

type LogFields = Readonly<Record<string, string | number | readonly string[] | null>>;

/** Writes lines down, whole ones and at once: nothing is lost when qd is ended. */
export interface CommandLog {
  write(level: Exclude<LogLevel, 'silent'>, message: string, fields?: LogFields): void;
  close(): void;
}

/** A log file is added to, and is for its owner alone. Throws VALIDATION_ERROR where it can't be written. */
export function openCommandLog({ level, file, format }: LogSettings, { err, now }: Pick<CommandContext, 'err' | 'now'>): CommandLog {
  const handle = file === null ? null : opened(file);
  const most = logLevels.indexOf(level);
  const lineOf = format === 'json' ? jsonLine : textLine;
  return {
    write(of, message, fields = {}) {
      if (logLevels.indexOf(of) > most) return;
      const line = lineOf({ time: new Date(now()).toISOString(), level: of, message }, fields);
      if (handle === null) err.write(line);
      else writeSync(handle, line);
    },
    close: () => (handle === null ? undefined : closeSync(handle)),
  };
}

interface Entry {
  time: string;
  level: string;
  message: string;
}

function jsonLine(entry: Entry, fields: LogFields): string {
  return `${JSON.stringify({ ...entry, ...fields })}\n`;
}

function textLine({ time, level, message }: Entry, fields: LogFields): string {
  const more = Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [` ${name}=${typeof value === 'object' ? value.join(',') : value}`]));
  return `${printable(`${time} ${level.padEnd(5)} ${message}${more.join('')}`)}\n`;
}

function opened(file: string): number {
  try {
    return openSync(file, 'a', 0o600);
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', `The log file ${file} can't be written.`, { hint: 'Name a file in a folder that is there and yours.', cause });
  }
}

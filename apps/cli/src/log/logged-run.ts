import { exitCode, toAppError } from '@quarterdeck/contract/errors';
import type { CommandContext } from '../context.ts';
import { openCommandLog } from './command-log.ts';
import type { LogSettings } from './log-options.ts';

interface LoggedCommand {
  settings: LogSettings;
  /** The words of the command; what else was typed may be secret. */
  command: string;
  /** Whether what was thrown is no failure. */
  isHelp(thrown: unknown): boolean;
  run(): Promise<number>;
}

/** Runs a command and writes down how it ended, and with `debug` each request that it makes. */
export async function loggedRun({ settings, command, isHelp, run }: LoggedCommand, context: CommandContext): Promise<number> {
  const log = openCommandLog(settings, context);
  const start = context.now();
  const since = () => context.now() - start;
  const stop = settings.level === 'debug' ? (await import('./request-log.ts')).logRequests(log, context.now) : () => undefined;
  log.write('debug', `qd ${command} begins`, { pid: process.pid });
  try {
    const code = await run();
    log.write('info', `qd ${command} ended`, { code, ms: since() });
    return code;
  } catch (thrown) {
    if (isHelp(thrown)) log.write('info', `qd ${command} ended`, { code: 0, ms: since() });
    else {
      const { redactText } = await import('@quarterdeck/cluster');
      const error = toAppError(thrown);
      log.write('error', `qd ${command} failed: ${redactText(error.message)}`, { code: exitCode[error.code], error: error.code, ms: since() });
      log.write('debug', redactText(stackOf(error.cause instanceof Error ? error.cause : error)));
    }
    throw thrown;
  } finally {
    stop();
    log.close();
  }
}

function stackOf({ stack, message }: Error): string {
  return stack ?? message;
}

import { redacted, redactText } from '@quarterdeck/cluster';
import { type DestinationStream, type Logger, pino } from 'pino';

/** Fields that hold secrets wherever they are, at the top or one level down. */
const secretFields = ['authorization', 'cookie', 'password', 'token', 'secret', 'key', 'apiKey', 'ticket'];
const paths = [...secretFields.flatMap((name) => [name, `*.${name}`]), '*["set-cookie"]'];

/**
 * Everything for people who look after the workbench; on standard error, since standard output carries the address or MCP.
 * Fields that hold secrets are left out, and what looks like one in a text is hidden: an error may carry what it was about.
 */
export function createLog(level: string | undefined, destination: DestinationStream = pino.destination({ dest: 2, sync: true })): Logger {
  const known = level === 'silent' || (level !== undefined && Object.hasOwn(pino.levels.values, level));
  return pino(
    {
      level: known ? level : 'info',
      base: null,
      redact: { paths, censor: redacted },
      serializers: { err: (thrown: unknown) => redactedError(thrown) },
      formatters: { log: redactedTexts },
      hooks: {
        logMethod(args, method) {
          args.forEach((arg: unknown, index) => {
            if (typeof arg === 'string') args[index] = redactText(arg);
          });
          method.apply(this, args);
        },
      },
    },
    destination,
  );
}

function redactedError(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { type, message, stack } = pino.stdSerializers.err(thrown);
  const code = 'code' in thrown ? { code: thrown.code } : {};
  return { type, message: redactText(message), stack: redactText(stack), ...code };
}

function redactedTexts(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redactText(value) : value]));
}

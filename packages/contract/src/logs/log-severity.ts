import { withoutAnsi } from './ansi.ts';
import type { LogSeverity } from './log.ts';
import { logFields } from './log-fields.ts';

const words: Readonly<Record<string, LogSeverity>> = {
  trace: 'trace',
  verbose: 'trace',
  debug: 'debug',
  dbg: 'debug',
  info: 'info',
  information: 'info',
  informational: 'info',
  inf: 'info',
  notice: 'info',
  warn: 'warn',
  warning: 'warn',
  wrn: 'warn',
  error: 'error',
  err: 'error',
  severe: 'error',
  critical: 'fatal',
  crit: 'fatal',
  fatal: 'fatal',
  panic: 'fatal',
  dpanic: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
};

const fieldNames = ['level', 'severity', 'lvl', 'loglevel', 'log_level', 'levelname', 'log.level', 'severity_text', '@level', 'severityText'];

/** klog and glog: `E0131 12:00:00.000000`. */
const klog = /^([IWEF])\d{4} \d{2}:/;
const klogLetters: Readonly<Record<string, LogSeverity>> = { I: 'info', W: 'warn', E: 'error', F: 'fatal' };
const logfmt = /\b(?:level|lvl|severity)="?([A-Za-z]+)/;
const bracketed = /[[<(|]\s*([A-Za-z]{3,13})\s*[\]>)|:]/;
const upperCase = /\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|CRITICAL|CRIT|FATAL|PANIC|ALERT|EMERG)\b/;
const opening = /^(trace|debug|info|notice|warn|warning|error|fatal|panic):/i;
const thrown = /^(Traceback \(most recent call last\)|Exception in thread|Unhandled|Uncaught|goroutine \d+ \[running\])/;
/** Where a line says its severity, it does so near its beginning. */
const headLength = 160;

/** How bad a line says it is, in the forms that common loggers write; null where it does not say. */
export function logSeverity(text: string): LogSeverity | null {
  if (text.startsWith('{')) return ofJson(text);
  const head = withoutAnsi(text.slice(0, headLength));
  const letter = klog.exec(head)?.[1];
  if (letter !== undefined) return klogLetters[letter] ?? null;
  for (const form of [logfmt, opening, bracketed, upperCase]) {
    const severity = ofWord(form.exec(head)?.[1]);
    if (severity !== null) return severity;
  }
  return thrown.test(head) ? 'error' : null;
}

function ofJson(text: string): LogSeverity | null {
  const fields = logFields(text)?.fields ?? {};
  const value = fieldNames.map((name) => fields[name]).find((candidate) => typeof candidate === 'string' || typeof candidate === 'number');
  return typeof value === 'number' ? ofNumber(value) : ofWord(value);
}

function ofWord(word: unknown): LogSeverity | null {
  return typeof word === 'string' ? (words[word.toLowerCase()] ?? null) : null;
}

/** As pino and bunyan count: 10 to 60. */
function ofNumber(level: number): LogSeverity | null {
  const byTens: readonly LogSeverity[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
  return level >= 10 ? (byTens[Math.min(5, Math.floor(level / 10) - 1)] ?? null) : null;
}

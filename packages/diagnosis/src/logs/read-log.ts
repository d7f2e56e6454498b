import type { LogLine } from '@quarterdeck/cluster';
import { beforeTrace } from './endpoint.ts';
import { factsOf, type LogClaim, type LogFact, type LogKind } from './log-fact.ts';
import type { LogContext } from './signature.ts';
import { signatures } from './signatures/index.ts';
import { plainLines } from './structured-line.ts';

export interface LogReading {
  facts: readonly LogFact[];
  /** The last line that says anything; null where the log is empty. */
  lastLine: string | null;
  lastAt: string | null;
  lines: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
const colour = /\u001b\[[0-9;]*[A-Za-z]/g;
const longestLine = 2000;
const longestStructured = 16_000;
const readings = new WeakMap<readonly LogLine[], LogReading>();

/** Reads a log against the table of signatures, once per log. */
export function readLog(log: readonly LogLine[]): LogReading {
  const known = readings.get(log);
  if (known !== undefined) return known;
  const reading = parse(log);
  readings.set(log, reading);
  return reading;
}

/** What one text says, e.g. the output of a probe in an event. */
export function readText(text: string): readonly LogFact[] {
  return parse(text.split('\n').map((line) => ({ at: null, text: line }))).facts;
}

interface ReadLine {
  text: string;
  at: string | null;
  level: string | null;
}

/** One line of a structured log may be several: its message, and the stack trace beside it. */
function plain({ text, at }: LogLine): ReadLine[] {
  const line = text.replace(colour, '').slice(0, longestStructured);
  const structured = plainLines(line);
  if (structured === null) return [{ text: line.slice(0, longestLine), at, level: null }];
  return structured.lines.map((part) => ({ text: part.slice(0, longestLine), at, level: structured.level }));
}

function parse(log: readonly LogLine[]): LogReading {
  const read = log.flatMap(plain);
  const lines = read.map(({ text }) => text);
  const facts = new Map<string, LogFact>();
  let change: string | null = null;
  let quiet = 0;
  for (const [index, { text, at, level }] of read.entries()) {
    const claims = claimsOf({ lines, index });
    for (const claim of claims) note(facts, claim, { line: text.trim(), at, handled: isHandled(claim, { lines, index }, level), before: change });
    quiet = claims.length > 0 || text.trim() === '' ? quiet : quiet + 1;
    if (claims.length === 0 && quiet > startLines && saysChange.test(text)) change = text.trim();
  }
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return { facts: [...facts.values()], lastLine: lines[last]?.trim() ?? null, lastAt: read[last]?.at ?? null, lines: log.length };
}

/** So many lines a program speaks of its start; what it loads then is no change. */
const startLines = 3;
const saysChange =
  /\b(?:re-?load(?:ed|ing)?|switch(?:ed|ing) (?:over )?to|fail(?:ing|ed)[ -]?over|promoted to|rotated (?:\w+ )?(?:keys?|secrets?|credentials?|certificates?)|(?:config(?:uration)?|settings?|profile|feature flags?)\b.{0,40}\b(?:applied|loaded|updated|changed|enabled|disabled))\b/i;

/** Words with which a program says, right before a stack trace, that it has dealt with the exception itself. */
const saysHandled =
  /\bWARN(?:ING)?\b|\b(?:retry(?:ing)?|ignor(?:ed|ing)|handled|recover(?:ed|ing)|fall(?:ing|en)? ?back|expected|suppress(?:ed|ing)|skipp(?:ed|ing)|swallow(?:ed|ing))\b/i;
const mildLevels: ReadonlySet<string> = new Set(['warn', 'warning', 'info', 'debug', 'trace', 'notice', '20', '30', '40']);

function isHandled(claim: LogClaim, context: LogContext, level: string | null): boolean {
  if (claim.kind !== 'exception') return false;
  if (level !== null && mildLevels.has(level)) return true;
  const lead = context.lines[beforeTrace(context.lines, context.index)] ?? '';
  const own = context.lines[context.index] ?? '';
  return lead !== own && saysHandled.test(lead) && !/\b(?:unhandled|uncaught|fatal)\b/i.test(lead);
}

/** An exception whose message says something more exact is only that. */
function claimsOf(context: LogContext): LogClaim[] {
  const text = context.lines[context.index] ?? '';
  const claims = new Map<LogKind, LogClaim>();
  for (const signature of signatures) {
    const match = signature.pattern.exec(text);
    const claim = match === null ? null : signature.read(match, context);
    if (claim !== null && !claims.has(claim.kind) && !(claim.kind === 'exception' && specific(claims))) claims.set(claim.kind, claim);
  }
  if (claims.has('connect-failed')) claims.delete('waiting-for');
  return [...claims.values()];
}

const vague: ReadonlySet<LogKind> = new Set(['listening', 'waiting-for', 'exception']);

function specific(claims: ReadonlyMap<LogKind, LogClaim>): boolean {
  return [...claims.keys()].some((kind) => !vague.has(kind));
}

interface Noted {
  line: string;
  at: string | null;
  handled: boolean;
  before: string | null;
}

function note(facts: Map<string, LogFact>, claim: LogClaim, { line, at, handled, before }: Noted): void {
  const key = JSON.stringify(claim);
  const known = facts.get(key);
  if (known === undefined) facts.set(key, { claim, line, count: 1, firstAt: at, lastAt: at, handled, before });
  else facts.set(key, { ...known, line, count: known.count + 1, lastAt: at ?? known.lastAt, handled: known.handled && handled });
}

/** Ports that the program says it listens on. */
export function listeningPorts(facts: readonly LogFact[]): number[] {
  return [...new Set(factsOf(facts, 'listening').map((fact) => fact.claim.port))];
}
